using Xunit;

namespace AV1Relay.Tests.Fuzz;

/// <summary>The short form: the whole corpus, each of its truncations, and some thousands of inputs made out of it.</summary>
public sealed class FuzzTests
{
    private const int FixedSeed = 20_250_101;
    private const int MostTruncations = 400;

    public static TheoryData<string> Targets() => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_corpus_is_survived_with_each_of_its_truncations(string name)
    {
        var target = FuzzTargets.Find(name)!; // the theory's own
        var corpus = Corpus.Of(target);
        Assert.NotEmpty(corpus);
        foreach (var (file, bytes) in corpus)
        {
            Survive(target, bytes, file);
            var truncations = Math.Min(MostTruncations, target.InputsInTests / 40 / corpus.Count);
            for (var i = 0; i < truncations; i++)
            {
                var length = bytes.Length <= truncations ? Math.Min(i, bytes.Length) : bytes.Length * i / truncations;
                Survive(target, bytes[..length], $"{file}, its first {length} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Inputs_from_a_fixed_seed_are_survived(string name) => Fuzz(name, FixedSeed);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Inputs_from_a_fresh_seed_are_survived(string name)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}: put it into {nameof(FixedSeed)} to see this run again.");
        Fuzz(name, seed);
    }

    private static void Fuzz(string name, int seed)
    {
        var target = FuzzTargets.Find(name)!; // the theory's own
        var mutator = new Mutator(new Random(seed), Corpus.InputsOf(target), target);
        for (var i = 0; i < target.InputsInTests; i++) Survive(target, mutator.Next(), $"seed {seed}, input {i}");
    }

    private static void Survive(FuzzTarget target, byte[] input, string what)
    {
        if (FuzzRun.Run(target, input) is { } failure) Assert.Fail($"{target.Name}, {what} ({Convert.ToHexString(input)}): {failure}");
    }
}
