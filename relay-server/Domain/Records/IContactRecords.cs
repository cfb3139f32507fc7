using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Regular contact; one log a pupil.</summary>
public interface IContactRecords : IRecordSet<PupilId, ContactLog>
{
    /// <summary>Of these pupils, those whose next contact is due by that day, the longest due first.</summary>
    /// <param name="pupils">A school's: <see cref="ISchoolingRecords.PupilsOfAsync"/>.</param>
    Task<IReadOnlyList<NextContact>> WithNextDueAsync(IReadOnlyCollection<PupilId> pupils, LocalDate by, CancellationToken cancellationToken);
}

/// <summary>When a pupil is to be contacted next, without the contacts before.</summary>
public sealed record NextContact(PupilId Pupil, LocalDate Due)
{
    public override string ToString() => $"pupil {Pupil}";
}
