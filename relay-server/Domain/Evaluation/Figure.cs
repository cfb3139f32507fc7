using System.Globalization;

namespace AV1Relay.Domain.Evaluation;

/// <summary>A number that may be shown, or one that is kept back because it could tell of somebody. The default is kept back.</summary>
public readonly record struct Figure
{
    private Figure(long value) => Value = value;

    public static Figure KeptBack => default;

    /// <summary>Null: kept back.</summary>
    public long? Value { get; }

    public static Figure Of(long value) => new(value);

    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? "kept back";
}
