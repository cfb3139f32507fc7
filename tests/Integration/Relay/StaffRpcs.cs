using System.Globalization;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Every call of the staff's services, found by their descriptors, and a well-formed request for each.</summary>
internal static class StaffRpcs
{
    private static readonly ServiceDescriptor[] Services =
        [PlansReflection.Descriptor.Services[0], ScheduleReflection.Descriptor.Services[0], FleetReflection.Descriptor.Services[0]];

    /// <summary><c>av1relay.v1.Plans/GetPlan</c> …</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Services.SelectMany(service => service.Methods).Select(method => $"{method.Service.FullName}/{method.Name}")];

    public static MethodDescriptor Find(string name) =>
        Services.SelectMany(service => service.Methods).Single(method => $"{method.Service.FullName}/{method.Name}" == name);

    public static async Task<IMessage> CallAsync(
        ChannelBase channel, MethodDescriptor method, IMessage request, string? token, CancellationToken cancellationToken)
    {
        Assert.False(method.IsServerStreaming || method.IsClientStreaming, $"{method.Name} is a stream: let it in by StaffCalls, and test it here.");
        var rpc = new Method<IMessage, IMessage>(
            MethodType.Unary, method.Service.FullName, method.Name,
            Marshallers.Create<IMessage>(message => message.ToByteArray(), _ => throw new NotSupportedException()),
            Marshallers.Create<IMessage>(_ => throw new NotSupportedException(), method.OutputType.Parser.ParseFrom));
        Metadata headers = token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };
        return await channel.CreateCallInvoker().AsyncUnaryCall(rpc, null, new CallOptions(headers, cancellationToken: cancellationToken), request);
    }

    /// <summary>Well-formed, about nothing that there is.</summary>
    /// <param name="about">Values of fields by their name, to be about something after all.</param>
    public static IMessage SampleOf(MessageDescriptor type, IReadOnlyDictionary<string, string>? about = null)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(ValueOf(field, about));
            else field.Accessor.SetValue(message, ValueOf(field, about));
        }

        return message;
    }

    private static object ValueOf(FieldDescriptor field, IReadOnlyDictionary<string, string>? about) => field.FieldType switch
    {
        FieldType.Message => SampleOf(field.MessageType, about),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[1].Number),
        FieldType.Bool => false,
        FieldType.Int32 => 1,
        FieldType.Int64 => field.Name.EndsWith("unix_ms", StringComparison.Ordinal) ? 1_794_000_000_000 : 1L,
        FieldType.String => about?.GetValueOrDefault(field.Name) ?? TextOf(field.Name),
        _ => throw new NotSupportedException($"A sample for {field.FullName}."),
    };

    private static string TextOf(string field) => field switch
    {
        "start" => "10:05",
        "date" or "last_date" or "from" or "to" or "held_on" or "review_on" or "next_review_on" => "2026-11-09",
        "who" or "carrier_ids" => "6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e",
        _ when field.EndsWith("_id", StringComparison.Ordinal) => "6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e",
        _ => string.Create(CultureInfo.InvariantCulture, $"a {field}"),
    };
}
