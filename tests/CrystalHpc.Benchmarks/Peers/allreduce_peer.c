/* The times of MPI_Allreduce in C, as AllReduce.cs takes them: for each size the least of some repetitions, in microseconds. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  static double values[100000];
  int repeats = 400, rank;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  for (int k = 1; k < argc; k++) {
    int count = atoi(argv[k]);
    double least = 1e9;
    for (int i = 0; i < repeats; i++) {
      MPI_Barrier(MPI_COMM_WORLD);
      double start = MPI_Wtime();
      MPI_Allreduce(MPI_IN_PLACE, values, count, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      double elapsed = MPI_Wtime() - start;
      if (elapsed < least) least = elapsed;
    }
    if (rank == 0) printf("%.3f%c", least * 1e6, k + 1 < argc ? ' ' : '\n');
  }
  MPI_Finalize();
  return 0;
}
