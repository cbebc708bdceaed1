from .edited import EditedKAN as EditedKAN
from .edited import apply_edits as apply_edits
from .explore import Explorer as Explorer
from .explore import explore as explore
