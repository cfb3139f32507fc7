namespace AV1Relay.StaffConsole.Pages.People;

/// <summary>Beside which field of a form a refusal stands, where people and roles are entered.</summary>
internal static class BesideFields
{
    /// <param name="form">The value that the form fills: <c>Typed</c>.</param>
    public static IEnumerable<(string Code, string Field)> OfPerson(string form) =>
    [
        ("person.name-missing", $"{form}.Name"), ("person.name-too-long", $"{form}.Name"), ("person.phone-too-long", $"{form}.Phone"),
        ("person.email-too-long", $"{form}.Email"), ("person.email-unusable", $"{form}.Email"),
    ];

    /// <inheritdoc cref="OfPerson"/>
    public static IEnumerable<(string Code, string Field)> OfRole(string form) =>
    [
        ("access.role-elsewhere", $"{form}.Role"), ("access.has-already", $"{form}.Role"), ("access.own-rights", $"{form}.Role"),
        ("access.over-already", $"{form}.LastDay"), ("access.no-end", $"{form}.LastDay"), ("access.too-long", $"{form}.LastDay"),
        ("text.reason-too-long", $"{form}.Why"),
    ];

    /// <inheritdoc cref="OfPerson"/>
    public static IEnumerable<(string Code, string Field)> OfPupil(string form) =>
    [
        ("pupil.name-missing", $"{form}.Name"), ("pupil.name-too-long", $"{form}.Name"), ("pupil.born-when", $"{form}.Born"),
        ("pupil.facts-too-long", $"{form}.Open"),
    ];
}
