namespace CrystalHpc.Core.Formulas;

/// <summary>Digits as a whole number of at most 18 digits; further zeros are counted, so that 1.50000000000000000000 is 1.5.</summary>
internal struct DigitCounter
{
    private const int MaximumDigits = 18;

    private int _digits;

    /// <summary>The number, without <see cref="DroppedZeros"/>.</summary>
    public long Value { get; private set; }

    /// <summary>Zeros at the end that are not in the value.</summary>
    public int DroppedZeros { get; private set; }

    /// <summary>True when the number has more digits than fit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Adds one digit at the end.</summary>
    public void Add(char digit)
    {
        int value = digit - '0';
        if (_digits < MaximumDigits)
        {
            Value = 10 * Value + value;
            _digits += Value > 0 ? 1 : 0;
        }
        else if (value == 0)
        {
            DroppedZeros++;
        }
        else
        {
            IsTooLong = true;
        }
    }
}
