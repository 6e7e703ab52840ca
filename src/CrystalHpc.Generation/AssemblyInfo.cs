using CrystalHpc.Engine.Tables;
using CsvHelper;

[assembly: CsvConverter(typeof(CsvText))]
