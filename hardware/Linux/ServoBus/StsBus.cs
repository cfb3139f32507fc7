using AV1Relay.Hardware.Linux.Serial;

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>The one wire on which servos are asked and answer, one exchange at a time.</summary>
/// <remarks>
/// Thread-safe: exchanges wait for each other. Each is tried <see cref="Attempts"/> times with <see cref="AnswerTimeout"/>, and sending takes
/// no longer either, so that it ends, whatever the wire does. Adapters may give back what is sent: an echo has the form of an answer, and is told apart by its length,
/// since no request is as long as the answer to it (<see cref="ReadAsync"/> sees to that).
/// </remarks>
/// <param name="line">The wire.</param>
/// <param name="time">Measures the waiting.</param>
/// <param name="answerTimeout">Null: <see cref="AnswerTimeout"/>.</param>
internal sealed class StsBus(ISerialLine line, TimeProvider time, TimeSpan? answerTimeout = null) : IAsyncDisposable
{
    public const int BaudRate = 1_000_000;
    public const int Attempts = 3;

    /// <summary>A servo answers within 1 ms; the rest is for USB and a busy board (99 % within 80 ms on one ten times overloaded).</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    private const int ReadRequestParameters = 2;

    private readonly SemaphoreSlim _wire = new(1);
    private readonly StsStatusParser _parser = new();
    private readonly byte[] _request = new byte[StsFrame.MaxLength];
    private readonly byte[] _received = new byte[StsFrame.MaxLength];

    public string LineName => line.Name;

    /// <summary>Reads registers that lie together.</summary>
    /// <param name="id">Of the servo.</param>
    /// <param name="register">The first.</param>
    /// <param name="into">As many as it holds; never two, whose answer could not be told from the request's echo: read three.</param>
    /// <param name="cancellationToken">Between attempts too.</param>
    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    public async ValueTask<StsAnswer> ReadAsync(byte id, byte register, Memory<byte> into, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(into.Length, ReadRequestParameters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(into.Length, StsFrame.MaxParameters);
        await _wire.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync(StsFrame.WriteRead(_request, id, register, (byte)into.Length), into, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _wire.Release();
        }
    }

    /// <summary>Writes registers that lie together; writing them twice does no harm, so a lost answer is tried again.</summary>
    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    public async ValueTask<StsAnswer> WriteAsync(byte id, byte register, ReadOnlyMemory<byte> values, CancellationToken cancellationToken)
    {
        await _wire.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync(StsFrame.WriteWrite(_request, id, register, values.Span), Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _wire.Release();
        }
    }

    /// <summary>Writes registers of several servos with one frame that none of them answers: whether it arrived is seen by reading.</summary>
    /// <param name="register">The first.</param>
    /// <param name="count">How many values each servo gets.</param>
    /// <param name="blocks">For each servo its number and its values.</param>
    /// <param name="cancellationToken">Before it is sent.</param>
    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    public async ValueTask WriteAllAsync(byte register, byte count, ReadOnlyMemory<byte> blocks, CancellationToken cancellationToken)
    {
        await _wire.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var length = StsFrame.WriteSyncWrite(_request, register, count, blocks.Span);
            await SendAsync(length, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _wire.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync().ConfigureAwait(false);
        _wire.Dispose();
    }

    private async ValueTask<StsAnswer> ExchangeAsync(int length, Memory<byte> into, CancellationToken cancellationToken)
    {
        var hasHeardNoise = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            line.DiscardInput();
            _parser.Clear();
            await SendAsync(length, cancellationToken).ConfigureAwait(false);
            if (await TryReceiveAsync(into, cancellationToken).ConfigureAwait(false) is { } errors) return new(StsOutcome.Answered, errors);
            hasHeardNoise |= _parser.NoiseBytes > 0;
        }

        return new(hasHeardNoise ? StsOutcome.Noisy : StsOutcome.Silent, StsErrors.None);
    }

    /// <summary>An adapter that has hung takes bytes until its queue is full, and then none for ever.</summary>
    private async ValueTask SendAsync(int length, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(answerTimeout ?? AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await line.WriteAsync(_request.AsMemory(0, length), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HardwareException(HardwareFault.Silent, $"The servo adapter on {LineName} takes nothing any more: unplug it and plug it in again.");
        }
    }

    private async ValueTask<StsErrors?> TryReceiveAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(answerTimeout ?? AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (true)
            {
                var count = await line.ReadAsync(_received, either.Token).ConfigureAwait(false);
                _parser.Append(_received.AsSpan(0, count));
                if (TryTakeAnswer(into.Span, out var errors)) return errors;
                either.Token.ThrowIfCancellationRequested(); // a wire that never stops talking is no answer either
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What looked like the beginning of something long may hide the answer.
            while (_parser.OnSilence())
            {
                if (TryTakeAnswer(into.Span, out var errors)) return errors;
            }

            return null;
        }
    }

    private bool TryTakeAnswer(Span<byte> into, out StsErrors errors)
    {
        while (_parser.TryRead(out var status))
        {
            if (status.Id != _request[2] || status.Parameters.Length != into.Length) continue; // our echo, or another's
            status.Parameters.CopyTo(into);
            errors = status.Errors;
            return true;
        }

        errors = StsErrors.None;
        return false;
    }
}
