using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>What has to be known about a record to decide whether it stays; never what is in it.</summary>
/// <param name="Kind">A stable slug of the kind of record, <c>session</c>, <c>contact</c>.</param>
/// <param name="RecordedOn">The day it was made, or for something that went on, the day it ended.</param>
/// <param name="Pupil">Whom it is about; null when about nobody, like telemetry.</param>
/// <param name="PupilBornOn">Null when not known.</param>
/// <param name="GoesLast">It says who the pupil is, and stays as long as anything else on them does.</param>
public sealed record RecordFacts(
    Guid Id, string Kind, RetentionClass Class, LocalDate RecordedOn, PupilId? Pupil = null, LocalDate? PupilBornOn = null,
    bool GoesLast = false);
