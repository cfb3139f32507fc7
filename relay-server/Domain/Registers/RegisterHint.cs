using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Domain.Registers;

/// <summary>What the table suggests for the register. A hint to read, no more: nothing here or elsewhere writes to a register.</summary>
/// <remarks>Always true: it follows the pupil's location at registration, names its source, and says that the school decides.</remarks>
public sealed record RegisterHint
{
    private RegisterHint(RegistrationSession session, RegisterCode code, string words) => (Session, Code, Words) = (session, code, words);

    public RegistrationSession Session { get; }

    public RegisterCode Code { get; }

    /// <summary>To be shown wherever the code is.</summary>
    public string Words { get; }

    /// <summary>At most a hint; null where the table does not cover the place, the reason or the date.</summary>
    /// <param name="atRegistration">Where the pupil is when the register is called; a session later that day does not change it.</param>
    /// <param name="reason">Why the pupil is not in school. Without one there is no hint, but on the school site none is needed.</param>
    public static RegisterHint? For(PupilLocation atRegistration, AbsenceReason? reason, RegistrationSession session, RegisterCodeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Find(atRegistration, reason, session) is not { } code) return null;

        var why = atRegistration == PupilLocation.SchoolSite
            ? "The pupil is on the school site at registration, and so is present."
            : "Taking part through the robot is not attendance: the reason of the absence gives the code.";
        return new(session, code, $"{why} Suggested: {code.Letters} ({code.Meaning}), from {table.Source}. The school decides.");
    }

    public override string ToString() => nameof(RegisterHint);
}
