using Xunit;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>One robot and one lesson for all: it takes a minute to bring up, and one of the machine's cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Lesson : ICollectionFixture<LessonOnRealDevices>
{
    public const string Name = "a lesson on real devices";
}
