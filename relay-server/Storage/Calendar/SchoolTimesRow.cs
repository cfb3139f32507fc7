using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Calendar;

internal sealed class SchoolTimesRow : RecordRow;
