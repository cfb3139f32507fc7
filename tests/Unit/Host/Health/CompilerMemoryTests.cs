using System.Runtime.InteropServices;
using AV1Relay.RelayServer.Health;
using Xunit;

namespace AV1Relay.Tests.Unit.Host.Health;

public sealed class CompilerMemoryTests
{
    private readonly CompilerRest _compiler = new();

    [Fact]
    public void Nothing_is_given_back_while_methods_are_being_compiled()
        => Assert.Equal([false, false, false], Looks(500, 900, 901));

    [Fact]
    public void A_compiler_that_was_busy_and_rests_has_what_it_worked_in_given_back_once()
        => Assert.Equal([false, true, false, false], Looks(500, 500, 500, 500));

    [Fact]
    public void A_few_more_methods_are_not_worth_the_wait_that_a_trim_may_cost_a_join()
        => Assert.Equal([false, true, false, false, false, true], Looks(500, 500, 599, 599, 600, 600));

    [Fact]
    public void The_C_library_knows_the_call()
    {
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier.StartsWith("linux", StringComparison.Ordinal) && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal), "malloc_trim is glibc's.");
        Assert.True(CompilerMemory.TryTrim());
    }

    private bool[] Looks(params long[] compiled) => [.. compiled.Select(_compiler.HasLeftMuch)];
}
