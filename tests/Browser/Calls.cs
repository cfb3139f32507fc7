using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>Tests that watch a call run one at a time, with the machine to themselves: a picture that is late would be another's fault.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Calls
{
    public const string Name = "calls";
}
