using System.Reflection;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Registers;

/// <summary>The codes X1 and X2 and the mark X0 are this test's own: no register has them.</summary>
public sealed class Rule04RemoteIsNotAttendanceTests
{
    private static readonly AcademicYear Year = AcademicYearStarts.England.YearOf(new LocalDate(2026, 11, 9));
    private static readonly AbsenceReason Reason = new("a reason of this test");
    private static readonly RegistrationSession Morning = new(new LocalDate(2026, 11, 9), RegistrationHalf.Morning);
    private static readonly RegistrationSession Afternoon = Morning with { Half = RegistrationHalf.Afternoon };

    private static readonly RegisterCode[] Codes =
    [
        new("X0", "here", isPresence: true), new("X1", "not here"), new("X2", "not here this afternoon"),
        new("B", "named by the rules"), new("K", "named by the rules"), new("P", "named by the rules"), new("W", "named by the rules"),
    ];

    public static TheoryData<PupilLocation, string> NeverRemote()
    {
        var data = new TheoryData<PupilLocation, string>();
        foreach (var location in new[] { PupilLocation.Home, PupilLocation.OtherPlace })
        {
            foreach (var code in new[] { "X0", "B", "K", "P", "W", "b", "k", "p", "w" })
                data.Add(location, code);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NeverRemote))]
    public void A_table_that_gives_presence_or_B_K_P_W_to_a_remote_pupil_can_not_be_built(PupilLocation location, string code) =>
        Assert.Throws<ArgumentException>(() => TableOf(new RegisterCodeRow(location, Reason, null, code)));

    [Theory]
    [InlineData("/")]
    [InlineData("\\")]
    [InlineData("/\\")]
    [InlineData("L")]
    [InlineData("l")]
    public void A_well_known_mark_of_presence_never_stands_for_remote_whatever_the_table_says(string letters)
    {
        var code = new RegisterCode(letters, "entered without the flag", isPresence: false);

        Assert.Throws<ArgumentException>(() => new RegisterCodeTable(
            Year, "a source of this test", [code], [new RegisterCodeRow(PupilLocation.Home, Reason, null, letters)]));
    }

    [Fact]
    public void From_home_the_reason_of_the_absence_gives_the_code()
    {
        var table = TableOf(new RegisterCodeRow(PupilLocation.Home, Reason, null, "X1"));

        Assert.Equal("X1", RegisterHint.For(PupilLocation.Home, Reason, Morning, table)?.Code.Letters);
    }

    [Fact]
    public void On_the_school_site_the_pupil_is_present_whatever_reason_is_noted()
    {
        var table = TableOf(new RegisterCodeRow(PupilLocation.SchoolSite, null, null, "X0"), new RegisterCodeRow(PupilLocation.Home, Reason, null, "X1"));

        Assert.True(RegisterHint.For(PupilLocation.SchoolSite, Reason, Morning, table)?.Code.IsPresence);
    }

    [Fact]
    public void On_the_school_site_no_code_of_absence_can_be_given() =>
        Assert.Throws<ArgumentException>(() => TableOf(new RegisterCodeRow(PupilLocation.SchoolSite, null, null, "X1")));

    [Theory]
    [InlineData(PupilLocation.SchoolSite, "X0")]
    [InlineData(PupilLocation.Home, "X1")]
    public void Every_hint_says_that_the_school_decides_and_where_it_comes_from(PupilLocation location, string code)
    {
        var reason = location == PupilLocation.SchoolSite ? null : Reason;
        var hint = RegisterHint.For(location, reason, Morning, TableOf(new RegisterCodeRow(location, reason, null, code)));

        Assert.EndsWith("from a source of this test. The school decides.", hint?.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Morning_and_afternoon_may_differ()
    {
        var table = TableOf(
            new RegisterCodeRow(PupilLocation.Home, Reason, RegistrationHalf.Morning, "X1"),
            new RegisterCodeRow(PupilLocation.Home, Reason, RegistrationHalf.Afternoon, "X2"));

        Assert.Equal("X1", RegisterHint.For(PupilLocation.Home, Reason, Morning, table)?.Code.Letters);
        Assert.Equal("X2", RegisterHint.For(PupilLocation.Home, Reason, Afternoon, table)?.Code.Letters);
    }

    [Fact]
    public void Another_school_year_has_no_hint()
    {
        var table = TableOf(new RegisterCodeRow(PupilLocation.Home, Reason, null, "X1"));

        Assert.NotNull(RegisterHint.For(PupilLocation.Home, Reason, Morning with { Date = Year.Dates.End }, table));
        Assert.Null(RegisterHint.For(PupilLocation.Home, Reason, Morning with { Date = Year.Dates.End.PlusDays(1) }, table));
        Assert.Null(RegisterHint.For(PupilLocation.Home, Reason, Morning with { Date = Year.Dates.Start.PlusDays(-1) }, table));
    }

    [Fact]
    public void A_reason_or_place_that_the_table_does_not_cover_has_no_hint()
    {
        var table = TableOf(new RegisterCodeRow(PupilLocation.Home, Reason, null, "X1"));

        Assert.Null(RegisterHint.For(PupilLocation.Home, new AbsenceReason("another"), Morning, table));
        Assert.Null(RegisterHint.For(PupilLocation.OtherPlace, Reason, Morning, table));
        Assert.Null(RegisterHint.For(PupilLocation.Home, null, Morning, table));
    }

    [Fact]
    public void Two_rows_that_contradict_each_other_can_not_be_in_one_table() =>
        Assert.Throws<ArgumentException>(() => TableOf(
            new RegisterCodeRow(PupilLocation.Home, Reason, null, "X1"),
            new RegisterCodeRow(PupilLocation.Home, Reason, RegistrationHalf.Afternoon, "X2")));

    [Fact]
    public void A_row_names_a_code_of_its_table() =>
        Assert.Throws<ArgumentException>(() => TableOf(new RegisterCodeRow(PupilLocation.Home, Reason, null, "X9")));

    [Fact]
    public void A_letter_that_only_looks_like_B_is_no_code() => Assert.Throws<ArgumentException>(() => new RegisterCode("\u0412", "Cyrillic"));

    [Fact]
    public void Only_a_table_gives_a_hint() =>
        Assert.Empty(typeof(RegisterHint).GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    /// <summary>Whoever adds an operation here has to read this first: nothing writes to a register. Tables of codes are entered, and hints asked for.</summary>
    [Fact]
    public void Nothing_is_done_with_registers_but_entering_a_table_of_codes_and_asking_it_for_a_hint()
    {
        var types = typeof(RegisterHint).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(RegisterHint).Namespace).ToList();
        var operations = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && !method.Name.StartsWith('<') && !IsOfRecords(method.Name))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}"); // declared only: there is a declaring type

        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, type => type.IsInterface);
        Assert.Equal(["RegisterCodeTable.Enter", "RegisterHint.For", "WrittenCodes.CodesOf", "WrittenCodes.Read", "WrittenCodes.UsesOf"], operations.Order(StringComparer.Ordinal));
    }

    private static bool IsOfRecords(string name) => name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct";

    private static RegisterCodeTable TableOf(params RegisterCodeRow[] rows) => new(Year, "a source of this test", [.. Codes], [.. rows]);
}
