/* Parallel regions of OpenMP by plain threads. GNU's OpenMP isn't compiled for ThreadSanitizer, which
   can't see there that a region begins after what stands before it and ends before what follows.
   Loaded before torch, this takes its place. */
#include <pthread.h>
#include <stdlib.h>

typedef struct {
  int size;
  pthread_barrier_t barrier;
} Team;

typedef struct {
  void (*body)(void *);
  void *data;
  Team *team;
  int number, threads;
} Member;

static _Thread_local Team *team;
static _Thread_local int number, chosen;

int omp_get_thread_num(void) { return number; }
int omp_get_num_threads(void) { return team ? team->size : 1; }
int omp_in_parallel(void) { return team && team->size > 1; }
int omp_get_max_threads(void) { return chosen ? chosen : 2; }
void omp_set_num_threads(int threads) { chosen = threads; }
void GOMP_barrier(void) {
  if (team) pthread_barrier_wait(&team->barrier);
}

static void *run(void *given) {
  const Member *m = given;
  Team *team_before = team;
  const int number_before = number, chosen_before = chosen;
  team = m->team, number = m->number, chosen = m->threads;
  m->body(m->data);
  team = team_before, number = number_before, chosen = chosen_before;
  return NULL;
}

void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags) {
  (void)flags;
  const int size = omp_in_parallel() ? 1 : threads ? (int)threads : omp_get_max_threads();
  Team ours = {.size = size};
  Member members[size];
  pthread_t ids[size];
  pthread_barrier_init(&ours.barrier, NULL, size);
  for (int k = 0; k < size; k++)
    members[k] = (Member){body, data, &ours, k, omp_get_max_threads()};
  for (int k = 1; k < size; k++)
    if (pthread_create(&ids[k], NULL, run, &members[k])) abort();
  run(&members[0]);
  for (int k = 1; k < size; k++) pthread_join(ids[k], NULL);
  pthread_barrier_destroy(&ours.barrier);
}
