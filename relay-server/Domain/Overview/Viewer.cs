using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Overview;

/// <summary>For whom the list is.</summary>
public sealed record Viewer(PersonId Who, ViewerRole Role)
{
    public override string ToString() => nameof(Viewer);
}

public enum ViewerRole
{
    /// <summary>Sees what waits for her own pupils.</summary>
    KeyAdult,

    /// <summary>Sees besides what has been overdue with any key adult of the school for longer than the grace.</summary>
    Lead,
}
