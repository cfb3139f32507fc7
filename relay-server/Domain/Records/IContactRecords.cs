using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Regular contact; one log a pupil.</summary>
public interface IContactRecords : IRecordSet<PupilId, ContactLog>
{
    /// <summary>Of these pupils, those whose next contact is due by that day, the longest due first.</summary>
    /// <param name="pupils">A school's: <see cref="ISchoolingRecords.PupilsOfAsync"/>.</param>
    Task<IReadOnlyList<Kept<ContactLog>>> WithNextDueAsync(IReadOnlyCollection<PupilId> pupils, LocalDate by, CancellationToken cancellationToken);
}
