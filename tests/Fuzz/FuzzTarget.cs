namespace AV1Relay.Tests.Fuzz;

/// <summary>Something that reads a stranger's bytes, and what has to be true whatever they are.</summary>
/// <remarks>An input may be refused. It may not make <see cref="Run"/> throw, hang, or allocate more than <see cref="MostBytesAnInput"/>.</remarks>
internal abstract class FuzzTarget
{
    /// <summary>Also the corpus' folder.</summary>
    public abstract string Name { get; }

    /// <summary>How many inputs a run of all tests gives it: what it costs decides.</summary>
    public virtual int InputsInTests => 20_000;

    /// <summary>Input that is lines of text gets lines moved and numbers changed.</summary>
    public virtual bool IsText => false;

    /// <summary>The longest input worth trying.</summary>
    public virtual int LongestInput => 4_096;

    public virtual long MostBytesAnInput => 2 << 20;

    /// <summary>Words that mean something to the reader: they are put into inputs.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Reads one input, from a state that is the same each time.</summary>
    /// <exception cref="Exception">Something that has to be true was not.</exception>
    public abstract void Run(byte[] input);

    protected static void Require(bool isTrue, string what)
    {
        if (!isTrue) throw new FuzzFailureException(what);
    }

    protected static byte[] Hex(string text) => Convert.FromHexString(text);
}

internal sealed class FuzzFailureException(string message) : Exception(message);
