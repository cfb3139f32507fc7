namespace AV1Relay.StaffConsole.Pages.Times;

/// <summary>What every form that changes the school's times sends.</summary>
public class TypedTimes
{
    /// <summary>The version that was on the page.</summary>
    public long Seen { get; set; }

    public string? Why { get; set; }

    /// <summary>The other button: what the page is about is taken out.</summary>
    public bool TakeOut { get; set; }

    /// <summary>Ids of the sessions that were on the page as those that no longer fit, with commas between.</summary>
    public string? Hit { get; set; }

    /// <summary>Whether it is to be changed all the same.</summary>
    public bool Knowingly { get; set; }
}
