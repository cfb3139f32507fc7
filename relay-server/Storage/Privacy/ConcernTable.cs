using AV1Relay.Domain.Records;
using AV1Relay.Storage.Safeguarding;

namespace AV1Relay.Storage.Privacy;

/// <summary>That a concern was raised, and by whom, is for the school's safeguarding leads and their own system (domain rule 10).</summary>
internal sealed class ConcernTable(RecordKind kind) : PupilTable<ConcernRow>(kind, goesLast: false)
{
    public override string? ForSchool(string document) => null;
}
