using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Access;

/// <summary>Why a person may not, and whom to ask.</summary>
internal static class AccessRefusals
{
    internal static Refusal UnknownOperation { get; } = new(
        "access.unknown-operation", "Nobody has been given the right to do this.", "Tell your administrator what you were trying to do.");

    /// <summary>The same for what is another's and for what is not there at all.</summary>
    internal static Refusal OutOfReach { get; } = new(
        "access.out-of-reach",
        "This is not among what has been opened to you, or it does not exist.",
        "Check the link. If your work needs it, ask your SENDCo to open it to you; for settings, ask your administrator.");

    internal static Refusal NotBegun { get; } = new(
        "access.not-begun", "Your access has not begun yet.", "Come back on the day it begins, or ask your SENDCo for an earlier start.");

    internal static Refusal Ended { get; } = new(
        "access.ended", "Your access has ended.", "If you still need it, ask your SENDCo to open it again.");

    internal static Refusal AlreadyEnded { get; } = new(
        "access.already-ended", "This access has ended already.", "There is nothing more to do; reload the page to see it as it is.");

    internal static Refusal OwnRights { get; } = new(
        "access.own-rights", "Nobody gives rights to themselves.", "Ask another administrator or SENDCo to do it.");

    internal static Refusal OverAlready { get; } = new(
        "access.over-already", "This access would be over before it is given.", "Choose an end that lies ahead.");

    internal static Refusal NoEnd { get; } = new(
        "access.no-end", "An external professional's access ends by itself, and no last day has been given.", "Choose the last day.");

    internal static Refusal RoleElsewhere { get; } = new(
        "access.role-elsewhere",
        "This role is not given here.",
        "Give key adults, parents and external professionals their role at the pupil's plan, and all others theirs at the school.");

    internal static Refusal HasAlready { get; } = new(
        "access.has-already", "This person has this role already.", "To give it until another day, end the one that they have and give it again.");

    internal static Refusal OwnInvitation { get; } = new(
        "access.own-invitation", "Nobody invites themselves.", "Ask another administrator or SENDCo to do it.");

    internal static Refusal NoRoleYet { get; } = new(
        "access.no-role-yet", "This person has no role, so they would see nothing.", "Give them a role first, then invite them.");

    internal static Refusal RolesBeyondYours { get; } = new(
        "access.roles-beyond-yours",
        "This person has a role that is not yours to give, and an invitation would open it to whoever holds it.",
        "Ask your administrator to invite them; for people of several schools, the administrator of the whole authority.");

    internal static Refusal TooLong { get; } = new(
        "access.too-long",
        "An external professional's access is for a limited time, and this is longer than your authority allows.",
        "Choose an earlier end; it can be given again when it has run out.");

    internal static Refusal NotForRole(AccessRow row, IReadOnlyCollection<Assignment> assignments)
    {
        var isMandateMissing = row.Rights.Any(right => assignments.Any(assignment => assignment.Role == right.Role));
        return isMandateMissing
            ? new("access.not-authorised", "This needs an authority of its own, which your role does not carry by itself.", $"Ask {Whom(row)}.")
            : new("access.not-for-role", "Your role does not include this.", $"If it has to be done, ask {Whom(row)}.");
    }

    /// <summary>The first of those who may, in the order in which people are usually asked.</summary>
    private static string Whom(AccessRow row)
    {
        var right = row.Rights.MinBy(right => Array.IndexOf(AskedInOrder, right.Role))
            ?? throw new InvalidOperationException($"Nobody may {row.Operation}.");
        return right switch
        {
            { Needs: Mandate.AgreesToReducedTimetables } => "the person whom your school has authorised to agree to reduced timetables",
            { Role: Role.KeyAdult } => "the key adult",
            { Role: Role.Sendco } => "your SENDCo",
            { Role: Role.EducationalPsychologist } => "the educational psychologist",
            { Role: Role.Teacher } => "the teacher of the lesson",
            { Role: Role.Technician } => "your technician",
            { Role: Role.Administrator } => "your administrator",
            { Role: Role.Parent } => "the pupil's parent or carer",
            _ => "your SENDCo",
        };
    }

    private static readonly Role[] AskedInOrder =
    [
        Role.Sendco, Role.KeyAdult, Role.Technician, Role.Administrator, Role.EducationalPsychologist, Role.Teacher, Role.Parent,
        Role.ExternalProfessional,
    ];
}
