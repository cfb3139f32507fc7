using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using Wire = AV1Relay.Protos.V1;

namespace AV1Relay.Api.Staff;

/// <summary>Who said yes or no, and how.</summary>
internal static class AgreementMessages
{
    /// <param name="to">What was said yes to, as the request says it: never what is so now.</param>
    public static Agreement Read(Wire.AgreementGiven given, AgreementCapacity capacity, AgreedTo to, string field) => new(
        Who(given, field), capacity, to, Fields.Moment(given.AtUnixMs, $"{field}.at_unix_ms"), Manner(given, field),
        Fields.Words(given.Words, $"{field}.words"));

    /// <summary>Null where none was sent: nobody has agreed.</summary>
    public static Agreement? ReadOptional(Wire.AgreementGiven? given, AgreementCapacity capacity, AgreedTo to, string field) =>
        given is null ? null : Read(given, capacity, to, field);

    public static SaidNo ReadNo(Wire.AgreementGiven given, AgreementCapacity capacity, string field) => new(
        Who(given, field), capacity, Fields.Moment(given.AtUnixMs, $"{field}.at_unix_ms"), Manner(given, field),
        Fields.Words(given.Words, $"{field}.words"));

    private static string Who(Wire.AgreementGiven given, string field) => Fields.Id(given.Who, $"{field}.who").ToString();

    private static AgreementManner Manner(Wire.AgreementGiven given, string field) => given.Manner switch
    {
        Wire.AgreementManner.InPerson => AgreementManner.InPerson,
        Wire.AgreementManner.Call => AgreementManner.Call,
        Wire.AgreementManner.VideoCall => AgreementManner.VideoCall,
        Wire.AgreementManner.Email => AgreementManner.Email,
        Wire.AgreementManner.Letter => AgreementManner.Letter,
        Wire.AgreementManner.Page => AgreementManner.Page,
        _ => throw Fields.NotChosen($"{field}.manner"),
    };
}
