namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>What every form that changes a plan sends.</summary>
public class TypedChange
{
    /// <summary>The version that was on the page.</summary>
    public long Seen { get; set; }

    public string? Why { get; set; }

    public TypedSay? Say { get; set; }
}
