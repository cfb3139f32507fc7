namespace AV1Relay.Domain.Audit;

/// <summary>One thing that a change changed, as the record's own history shows it: what it was and what it is now.</summary>
/// <remarks>
/// It may hold a person's words, so it stays with the record and is erased with it; the audit gets <see cref="AuditedValue.OfVersion"/>.
/// Always true: it is named in plain words, and what it was is not what it is now.
/// </remarks>
public sealed record ValueChange
{
    /// <param name="name">In the domain's words; the same for all things of a kind.</param>
    /// <param name="before">Null: there was nothing.</param>
    /// <param name="after">Null: there is nothing now.</param>
    /// <param name="isPersonal">Whether it says something about or from a person; dates, states, numbers and ids of ours don't.</param>
    /// <exception cref="ArgumentException">Not a plain name, or nothing that changed.</exception>
    public ValueChange(string name, string? before, string? after, bool isPersonal)
    {
        if (before == after) throw new ArgumentException("What it was is not what it is now.", nameof(after));
        (Name, Before, After, IsPersonal) = (AuditedValue.Checked(name), before, after, isPersonal);
    }

    public string Name { get; }

    public string? Before { get; }

    public string? After { get; }

    public bool IsPersonal { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(ValueChange);
}
