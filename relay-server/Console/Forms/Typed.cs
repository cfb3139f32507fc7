using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.StaffConsole.Forms;

/// <summary>Reads what somebody typed or chose, and adds an error where it can't be read.</summary>
internal static class Typed
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);

    /// <returns>Null: it can't be read, and the form says so.</returns>
    public static LocalDate? RequireDate(this FormErrors errors, string field, string? text, string error)
    {
        if (TypedDate.Find(text) is { } date) return date;
        errors.Add(field, error);
        return null;
    }

    /// <returns>Null where nothing was typed, or it can't be read; then the form says so.</returns>
    public static LocalDate? DateIfAny(this FormErrors errors, string field, string? text, string error = "Enter a day, such as 24 April 2026.") =>
        string.IsNullOrWhiteSpace(text) ? null : errors.RequireDate(field, text, error);

    /// <inheritdoc cref="RequireDate"/>
    /// <remarks>A whole one; the bounds are inside.</remarks>
    public static int? Number(this FormErrors errors, string field, string? text, int least, int most, string error)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        errors.Add(field, error);
        return null;
    }

    /// <inheritdoc cref="RequireDate"/>
    /// <remarks>Browsers may send the seconds too.</remarks>
    public static LocalTime? RequireTime(this FormErrors errors, string field, string? text, string error)
    {
        if (Clock.Parse((text ?? "") is { Length: > 5 } longer ? longer[..5] : text ?? "") is { Success: true, Value: var time }) return time;
        errors.Add(field, error);
        return null;
    }

    /// <inheritdoc cref="RequireDate"/>
    public static T? RequireChoice<T>(this FormErrors errors, string field, string? text, string error)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, out var chosen) && Enum.IsDefined(chosen)) return chosen;
        errors.Add(field, error);
        return null;
    }

    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Of(LocalTime time) => Clock.Format(time);
}
