using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Reminders;

/// <summary>How far one person's latest evening has come. It is written down before a mail goes out, so that none goes out twice.</summary>
/// <remarks>
/// Always true: of one evening at most one mail is handed over. Only what surely was not taken is tried again; where nobody knows, it stays
/// <see cref="EveningState.Sending"/>, and the person looks at their page instead.
/// </remarks>
/// <param name="Day">Of the evening, at the person's school.</param>
/// <param name="Tries">How often it has been tried on that evening.</param>
/// <param name="NotBefore">Of one that waits: when it may be tried again.</param>
/// <param name="RefusedInARow">On how many evenings in a row the address was refused for good.</param>
public sealed record EveningMark(LocalDate Day, EveningState State, int Tries, Instant? NotBefore, int RefusedInARow)
{
    /// <summary>After so many evenings of refusals nothing is sent until the person has asked once more.</summary>
    public const int RefusalsThatPause = 3;

    // A little less than a quarter, half and a whole hour: rounds come each quarter, and a try takes its time.
    private static readonly ImmutableArray<Duration> Waits = [Duration.FromMinutes(10), Duration.FromMinutes(25), Duration.FromMinutes(55)];

    /// <summary>Of somebody who has just asked for reminders.</summary>
    public static EveningMark Never { get; } = new(LocalDate.MinIsoValue, EveningState.Nothing, 0, null, 0);

    public bool IsPaused => RefusedInARow >= RefusalsThatPause;

    public bool MayTry(LocalDate evening, Instant now) =>
        !IsPaused && (evening > Day || (evening == Day && State == EveningState.Waiting && now >= NotBefore));

    /// <summary>There was nothing to tell on that evening.</summary>
    public EveningMark Nothing(LocalDate evening) => new(evening, EveningState.Nothing, 0, null, RefusedInARow);

    /// <summary>A mail is about to be handed over.</summary>
    public EveningMark Begin(LocalDate evening) => new(evening, EveningState.Sending, evening == Day ? Tries + 1 : 1, null, RefusedInARow);

    /// <summary>What became of it.</summary>
    public EveningMark After(MailOutcome outcome, Instant now) => outcome switch
    {
        MailOutcome.Taken => this with { State = EveningState.Sent, RefusedInARow = 0 },
        MailOutcome.TryLater => this with { State = EveningState.Waiting, NotBefore = now + WaitAfter(Tries) },
        MailOutcome.AddressRefused => this with { State = EveningState.Refused, RefusedInARow = RefusedInARow + 1 },
        MailOutcome.MailRefused => this with { State = EveningState.Failed },
        _ => this, // nobody knows
    };

    /// <summary>The person has asked once more.</summary>
    public EveningMark AskedAgain() => this with { RefusedInARow = 0 };

    /// <summary>Longer each time, up to about an hour.</summary>
    public static Duration WaitAfter(int tries) => Waits[Math.Clamp(tries, 1, Waits.Length) - 1];
}

public enum EveningState
{
    /// <summary>Nothing to tell.</summary>
    Nothing,

    /// <summary>Handed over, or about to be: if it stays so, nobody knows whether it arrived.</summary>
    Sending,

    Sent,

    /// <summary>Not taken for now; tried again on the same evening.</summary>
    Waiting,

    /// <summary>The address takes no mail.</summary>
    Refused,

    /// <summary>The mail server takes no such mail: whoever runs the relay has to look.</summary>
    Failed,
}

/// <summary>What a mail server said of one mail.</summary>
public enum MailOutcome
{
    Taken,

    /// <summary>Surely not taken, for now.</summary>
    TryLater,

    /// <summary>Not taken, for good, because of the address.</summary>
    AddressRefused,

    /// <summary>Not taken, for good, for another reason.</summary>
    MailRefused,

    /// <summary>The connection broke while it was handed over.</summary>
    Unknown,
}
