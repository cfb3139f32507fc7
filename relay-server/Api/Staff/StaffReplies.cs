using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using Refusal = AV1Relay.Domain.Refusals.Refusal;

namespace AV1Relay.Api.Staff;

/// <summary>What staff's classes answer, as gRPC says it.</summary>
internal static class StaffReplies
{
    /// <summary>A <see cref="RuleRefusals"/>.</summary>
    internal const string RefusalsTrailer = "av1relay-refusals-bin";

    /// <exception cref="RpcException">It was refused: with every reason.</exception>
    public static T OrThrow<T>(this Outcome<T> outcome)
        where T : class => outcome.TryGet(out var value, out var refusals) ? value : throw Refused(refusals);

    public static IEnumerable<RuleRefusal> Write(IReadOnlyList<Refusal> refusals) => refusals.Take(StaffLimits.MaxRefusals)
        .Select(refusal => new RuleRefusal { Code = refusal.Code, Reason = refusal.Reason, NextStep = refusal.NextStep });

    private static RpcException Refused(IReadOnlyList<Refusal> refusals) => new(
        new Status(StatusOf(refusals), refusals[0].ToString()),
        new Metadata { { RefusalsTrailer, new RuleRefusals { Refusals = { Write(refusals) } }.ToByteArray() } });

    private static StatusCode StatusOf(IReadOnlyList<Refusal> refusals)
    {
        if (refusals.Any(refusal => refusal.Code.StartsWith("access.", StringComparison.Ordinal))) return StatusCode.PermissionDenied;
        return refusals.Any(refusal => refusal.Code == RecordRefusals.ChangedMeanwhile.Code) ? StatusCode.Aborted : StatusCode.FailedPrecondition;
    }
}
