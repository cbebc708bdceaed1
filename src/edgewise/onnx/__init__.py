"""ONNX files of networks, of formulas and of estimators."""
