// Fixtures run side by side, as many as there are cores; tests of one fixture one after another.
[assembly: Parallelizable(ParallelScope.Fixtures)]
