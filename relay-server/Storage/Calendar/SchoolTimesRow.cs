using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Calendar;

/// <summary>One a school, under the school's id.</summary>
internal sealed class SchoolTimesRow : RecordRow;
