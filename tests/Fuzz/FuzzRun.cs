using System.IO.MemoryMappedFiles;

namespace AV1Relay.Tests.Fuzz;

/// <summary>Fuzzes one target for some time; what fails is saved and named, and the run goes on.</summary>
/// <remarks>
/// The input under way is also in a mapped file (<c>under-way.bin</c>): when it takes the whole process with it, it is there to be read afterwards.
/// One that takes longer than ten seconds is saved, and ends the process.
/// </remarks>
internal sealed class FuzzRun : IDisposable
{
    public const int MostDifferentFailures = 20;

    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(10);
    private readonly FuzzTarget _target;
    private readonly string _folder;
    private readonly MemoryMappedFile _underWayFile;
    private readonly MemoryMappedViewAccessor _underWay;
    private readonly HashSet<string> _failures = new(StringComparer.Ordinal);
    private readonly ITimer _watchdog;
    private byte[] _input = [];
    private long _startedAt;

    /// <param name="folder">Where failing inputs go.</param>
    public FuzzRun(FuzzTarget target, string folder)
    {
        _target = target;
        _folder = Path.Combine(folder, target.Name);
        Directory.CreateDirectory(_folder);
        var size = sizeof(int) + target.LongestInput;
        _underWayFile = MemoryMappedFile.CreateFromFile(Path.Combine(_folder, "under-way.bin"), FileMode.Create, null, size);
        _underWay = _underWayFile.CreateViewAccessor();
        _watchdog = TimeProvider.System.CreateTimer(_ => Watch(), null, LongestInput, TimeSpan.FromSeconds(1));
    }

    public long Inputs { get; private set; }

    public int Failures => _failures.Count;

    public void For(TimeSpan time, int seed)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random, Corpus.InputsOf(_target), _target);
        var started = TimeProvider.System.GetTimestamp();
        var toldAt = TimeSpan.Zero;
        foreach (var (_, bytes) in Corpus.Of(_target)) Try(bytes);
        while (TimeProvider.System.GetElapsedTime(started) is var elapsed && elapsed < time && Failures < MostDifferentFailures)
        {
            if (elapsed - toldAt > TimeSpan.FromSeconds(30))
            {
                Tell(elapsed);
                toldAt = elapsed;
            }

            for (var i = 0; i < 16; i++) Try(mutator.Next());
        }

        Tell(TimeProvider.System.GetElapsedTime(started));
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    public static Exception? Run(FuzzTarget target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception failure) // whatever it is, it is what is looked for
        {
            return failure;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= target.MostBytesAnInput ? null : new FuzzFailureException($"{allocated} bytes were allocated for one input.");
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        _underWay.Dispose();
        _underWayFile.Dispose();
        File.Delete(Path.Combine(_folder, "under-way.bin"));
    }

    private void Try(byte[] input)
    {
        _underWay.Write(0, input.Length);
        _underWay.WriteArray(sizeof(int), input, 0, input.Length);
        _input = input;
        Volatile.Write(ref _startedAt, TimeProvider.System.GetTimestamp());
        var failure = Run(_target, input);
        Volatile.Write(ref _startedAt, 0);
        Inputs++;
        if (failure is null) return;
        var frames = (failure.StackTrace ?? "").Split('\n');
        if (!_failures.Add(frames[0] + failure.GetType() + (failure is FuzzFailureException ? failure.Message : ""))) return;
        Save(input, failure.ToString());
    }

    private void Save(byte[] input, string words)
    {
        var file = Path.Combine(_folder, $"{Corpus.NameOf(input)}.bin");
        File.WriteAllBytes(file, input);
        File.WriteAllText($"{file}.txt", words);
        Console.Error.WriteLine($"{_target.Name}: {words}\n  saved: {file}\n  again: tests/Fuzz/run.sh --target {_target.Name} --replay {file}");
    }

    private void Watch()
    {
        var startedAt = Volatile.Read(ref _startedAt);
        if (startedAt == 0 || TimeProvider.System.GetElapsedTime(startedAt) < LongestInput) return;
        Save(_input, $"The input has been under way for more than {LongestInput.TotalSeconds} s.");
        Environment.Exit(3);
    }

    private void Tell(TimeSpan elapsed)
        => Console.Error.WriteLine($"{_target.Name,-16} {elapsed:hh\\:mm\\:ss}  {Inputs,12:N0} inputs  {Inputs / Math.Max(0.001, elapsed.TotalSeconds),10:N0} a second  {Failures} failures");
}
