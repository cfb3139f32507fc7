using AV1Relay.Application.Asking;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Evaluation;

/// <summary>Evaluations that take longer than somebody waits for a page. Each is kept for a while, so that table, charts and file are of the same figures.</summary>
/// <remarks>
/// In this process's memory alone: another relay of the same authority does not know them, and a restart forgets them; the page then says to ask again.
/// Memory has a bound: what is kept is counted in schools times periods, and the oldest goes first. A person has one at a time.
/// </remarks>
public sealed class EvaluationRuns(StaffEvaluation evaluation, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Of a whole county by months there is room for four.</summary>
    private const int MostPieces = 20_000;

    private const int AtOnce = 2; // the others wait: lessons come first

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly List<EvaluationRun> _runs = [];
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Begins to gather; whoever had one before loses that.</summary>
    /// <param name="scope">What it is of, in words: a school's name, or how many there are.</param>
    public EvaluationRun Start(Caller caller, string scope, EvaluationQuestion question)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(question);
        var (schools, periods) = (question.Schools.Count, question.Year.PeriodsOf(question.Split).Length);
        var run = new EvaluationRun(caller, scope, schools, schools * periods, time.GetUtcNow(), _closing.Token);
        List<EvaluationRun> gone = [];
        lock (_lock)
        {
            gone.AddRange(_runs.Where(other => other.By == caller || time.GetUtcNow() - other.StartedAt > KeptFor));
            _runs.RemoveAll(gone.Contains);
            _runs.Add(run);
            while (_runs.Sum(other => other.Pieces) > MostPieces && _runs.Count > 1)
            {
                gone.Add(_runs[0]);
                _runs.RemoveAt(0);
            }
        }

        foreach (var other in gone) other.Cancel();
        run.Begin(async cancellationToken =>
        {
            await _places.WaitAsync(cancellationToken);
            try
            {
                return await evaluation.ReadAsync(caller, question, run, cancellationToken);
            }
            finally
            {
                _places.Release();
            }
        });
        return run;
    }

    /// <summary>Null: it is somebody else's, or is not kept any more.</summary>
    public EvaluationRun? Find(Caller caller, Guid id)
    {
        lock (_lock)
            return _runs.Find(run => run.Id == id && run.By == caller && time.GetUtcNow() - run.StartedAt <= KeptFor);
    }

    /// <summary>The one that this person has asked for last; null: none, or it is not kept any more.</summary>
    public EvaluationRun? Latest(Caller caller)
    {
        lock (_lock)
            return _runs.FindLast(run => run.By == caller && time.GetUtcNow() - run.StartedAt <= KeptFor);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        EvaluationRun[] runs;
        lock (_lock) runs = [.. _runs];
        foreach (var run in runs) await run.EndedAsync();
        _closing.Dispose();
        _places.Dispose();
    }
}

/// <summary>One evaluation, from the asking to the figures.</summary>
public sealed class EvaluationRun : IProgress<int>
{
    private readonly CancellationTokenSource _cancelling;
    private Task<Outcome<EvaluationExport>> _gathering = Task.FromResult(Outcome.Refused<EvaluationExport>([Stopped]));
    private int _done;

    internal EvaluationRun(Caller by, string scope, int schools, int pieces, DateTimeOffset startedAt, CancellationToken closing)
    {
        (By, Scope, Schools, Pieces, StartedAt) = (by, scope, schools, pieces, startedAt);
        _cancelling = CancellationTokenSource.CreateLinkedTokenSource(closing);
    }

    public Guid Id { get; } = Guid.NewGuid();

    public string Scope { get; }

    public int Schools { get; }

    /// <summary>How many of them have been read.</summary>
    public int Done => Volatile.Read(ref _done);

    public bool IsOver => _gathering.IsCompleted;

    internal Caller By { get; }

    internal int Pieces { get; }

    internal DateTimeOffset StartedAt { get; }

    private static Refusal Stopped { get; } = new("evaluation.stopped", "These figures were not gathered to the end.", "Ask for them again.");

    /// <returns>Null: it is still going on after so long.</returns>
    public async Task<Outcome<EvaluationExport>?> WithinAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _gathering.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    void IProgress<int>.Report(int value) => Volatile.Write(ref _done, value);

    internal void Begin(Func<CancellationToken, Task<Outcome<EvaluationExport>>> gather) =>
        _gathering = Task.Run(async () =>
        {
            try
            {
                return await gather(_cancelling.Token);
            }
            catch (OperationCanceledException) when (_cancelling.IsCancellationRequested)
            {
                return Stopped;
            }
            finally
            {
                _cancelling.Dispose();
            }
        });

    internal void Cancel()
    {
        try
        {
            _cancelling.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It had come to its end already.
        }
    }

    internal async Task EndedAsync()
    {
        Cancel();
        await ((Task)_gathering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
