using System.Collections.Immutable;

namespace AV1Relay.Domain.Sessions;

/// <summary>What the robot may do in one session; carried by the grant and enforced on the robot.</summary>
public readonly record struct CapabilitySet(Capability Flags)
{
    private static readonly ImmutableArray<(Capability Capability, string Name)> Names =
    [
        (Capability.See, "see"),
        (Capability.Zoom, "zoom"),
        (Capability.Hear, "hear"),
        (Capability.LookAround, "look-around"),
        (Capability.LightsAndHand, "lights-and-hand"),
        (Capability.Expressions, "expressions"),
        (Capability.Whisper, "whisper"),
        (Capability.Speak, "speak"),
        (Capability.BeSeen, "be-seen"),
    ];

    /// <summary>Everything off: where most steps start.</summary>
    public static CapabilitySet Nothing => default;

    /// <summary>Everything on: only ad-hoc sessions of technicians and tests.</summary>
    public static CapabilitySet Everything { get; } =
        new(Names.Aggregate(Capability.None, (flags, entry) => flags | entry.Capability));

    /// <summary>True when every one of <paramref name="wanted"/> is on.</summary>
    public bool Has(Capability wanted) => (Flags & wanted) == wanted;

    /// <summary>Each capability that is on, one flag at a time, in the order of the domain's list.</summary>
    public IEnumerable<Capability> Each()
    {
        foreach (var (capability, _) in Names)
        {
            if (Has(capability))
                yield return capability;
        }
    }

    /// <summary>Stable lower-case names, as in tokens, the database and JSON: <c>see</c>, <c>look-around</c>, …</summary>
    public IReadOnlyList<string> ToNames()
    {
        var flags = Flags;
        return [.. Names.Where(entry => (flags & entry.Capability) != 0).Select(entry => entry.Name)];
    }

    /// <summary>Reads <see cref="ToNames"/> back. An unknown name makes it fail: guessing a right would be worse.</summary>
    public static bool TryParse(IEnumerable<string> names, out CapabilitySet capabilities)
    {
        var flags = Capability.None;
        capabilities = Nothing;
        foreach (var name in names)
        {
            var known = Names.FirstOrDefault(entry => entry.Name == name).Capability;
            if (known == Capability.None)
                return false;
            flags |= known;
        }

        capabilities = new CapabilitySet(flags);
        return true;
    }

    public override string ToString() => Flags == Capability.None ? "nothing" : string.Join(", ", ToNames());
}
