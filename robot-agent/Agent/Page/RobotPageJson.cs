using System.Text.Json.Serialization;
using AV1Relay.RobotAgent.Running;

namespace AV1Relay.RobotAgent.Page;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RobotPicture))]
internal sealed partial class RobotPageJson : JsonSerializerContext;
