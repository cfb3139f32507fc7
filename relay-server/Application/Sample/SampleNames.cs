using System.Globalization;
using AV1Relay.Domain.People;

namespace AV1Relay.Application.Sample;

/// <summary>What invented adults are called. Any likeness is chance: a name follows from an id.</summary>
internal static class SampleNames
{
    private static readonly string[] Titles = ["Ms", "Mr", "Mrs", "Mx"];

    private static readonly string[] Surnames =
    [
        "Adeyemi", "Bennett", "Carter", "Davies", "Edwards", "Farouk", "Griffiths", "Hussain", "Iqbal", "Jenkins", "Kowalska", "Lewis", "Morgan", "Nowak",
        "Okafor", "Patel", "Quinn", "Roberts", "Singh", "Taylor", "Usman", "Vaughan", "Walker", "Young",
    ];

    private static readonly string[] FirstNames =
    [
        "Ada", "Amir", "Bea", "Callum", "Chidi", "Dara", "Ellis", "Esme", "Farah", "Finn", "Grace", "Hana", "Idris", "Isla", "Jude", "Kai", "Leila", "Maya", "Noah",
        "Orla", "Priya", "Rowan", "Sami", "Tess", "Uma", "Wren", "Yusuf", "Zara",
    ];

    private static readonly string[] Schools = ["Ashgrove Secondary School", "Millbrook Academy", "St Hilda's School", "Northfield High School"];

    /// <param name="number">From 1; a county has more schools than names were made up for.</param>
    public static string SchoolOf(int number) =>
        number <= Schools.Length ? Schools[number - 1] : string.Create(CultureInfo.InvariantCulture, $"School {number:000}");

    public static string PupilOf(SampleRandom random) => random.Pick(FirstNames);

    public static PersonCard CardOf(PersonId person)
    {
        var bytes = person.Value.ToByteArray();
        return new PersonCard(person, new PersonalText($"{Titles[bytes[0] % Titles.Length]} {Surnames[bytes[1] % Surnames.Length]}"));
    }
}
