using NodaTime;
using NodaTime.Text;

namespace AV1Relay.StaffConsole.Forms;

/// <summary>A day as a date field sends it.</summary>
internal static class TypedDate
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199; // what lies beyond is a slip of the finger

    /// <summary>Null: that is no day.</summary>
    public static LocalDate? Find(string? typed) =>
        LocalDatePattern.Iso.Parse(typed ?? "") is { Success: true, Value: { Year: >= FirstYear and <= LastYear } date } ? date : null;
}
