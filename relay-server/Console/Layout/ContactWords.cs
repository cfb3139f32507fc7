using AV1Relay.Domain.Contacts;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Contacts in words, and as answers to choose from.</summary>
internal static class ContactWords
{
    public static readonly Choice[] With = [.. Enum.GetValues<ContactWith>().Select(with => new Choice(with.ToString(), Of(with)))];

    public static readonly Choice[] Manners = [.. Enum.GetValues<ContactManner>().Select(manner => new Choice(manner.ToString(), Of(manner)))];

    public static readonly Choice[] Kinds = [.. Enum.GetValues<SentHomeKind>().Select(kind => new Choice(kind.ToString(), Of(kind)))];

    public static string Of(ContactWith with) => with switch
    {
        ContactWith.Pupil => "The pupil",
        ContactWith.Parent => "A parent or carer",
        _ => "Pupil and parent together",
    };

    public static string Of(ContactManner manner) => manner switch
    {
        ContactManner.Call => "Phone call",
        ContactManner.Visit => "Visit",
        ContactManner.Email => "E-mail",
        ContactManner.Letter => "Letter",
        ContactManner.VideoCall => "Video call",
        _ => "In person, at school",
    };

    public static string Of(SentHomeKind kind) => kind switch
    {
        SentHomeKind.Work => "Work",
        SentHomeKind.Message => "Message",
        SentHomeKind.ClubNews => "News of a club",
        SentHomeKind.TripNews => "News of a trip",
        SentHomeKind.AssemblyNews => "News of an assembly",
        _ => "Other news",
    };
}
