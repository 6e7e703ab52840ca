/* The times of MPI_Allreduce in C, as AllReduce.cs takes them: for each size the least of some repetitions of
   twenty calls in a row, in microseconds a call. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  static double values[100000];
  int repeats = 200, calls = 20, rank, level;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &level);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  for (int k = 1; k < argc; k++) {
    int count = atoi(argv[k]);
    double least = 1e9;
    for (int i = 0; i < repeats; i++) {
      MPI_Barrier(MPI_COMM_WORLD);
      double start = MPI_Wtime();
      for (int call = 0; call < calls; call++)
        MPI_Allreduce(MPI_IN_PLACE, values, count, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      double elapsed = (MPI_Wtime() - start) / calls;
      if (elapsed < least) least = elapsed;
    }
    if (rank == 0) printf("%.3f%c", least * 1e6, k + 1 < argc ? ' ' : '\n');
  }
  MPI_Finalize();
  return 0;
}
