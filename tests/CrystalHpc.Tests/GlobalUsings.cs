global using CrystalHpc.Core.SpaceGroups;
global using NUnit.Framework;
