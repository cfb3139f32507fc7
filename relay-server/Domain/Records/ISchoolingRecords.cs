using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Which school each pupil is and was at; one record a pupil.</summary>
public interface ISchoolingRecords : IRecordSet<PupilId, Schooling>
{
    /// <summary>Whoever is at that school on that day, in no order.</summary>
    /// <remarks>Found are the last two schools of each pupil: today, and once a move has been entered ahead; not years back.</remarks>
    Task<IReadOnlyList<PupilId>> PupilsOfAsync(SchoolId school, LocalDate date, CancellationToken cancellationToken);
}
