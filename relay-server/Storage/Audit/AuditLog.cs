using AV1Relay.Domain.Audit;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

internal sealed class AuditLog(IDbContextFactory<RelayDbContext> contexts, AuditHeads heads) : IAuditLog
{
    private const string NotesMissing =
        "What is noted outside the database (audit.heads) is missing: entries may have been cut off the end. Restore it from a backup.";

    private const int NotesAtOnce = 4096; // bounds the memory, however long the record is

    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWritingAsync(WritingSubject.Audit, cancellationToken);
        var row = await AuditTrail.AppendAsync(context, heads, [entry], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        heads.Note(row.Number, row.Hash);
    }

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var notesEnd = heads.Length; // before the table is read: what is appended meanwhile is newer
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var chain = await VerifyChainAsync(context, cancellationToken);
        if (notesEnd is not { } end)
        {
            return chain is { FirstBadEntry: null, Entries: > 0 and var good }
                ? new AuditVerification(good, good + 1, NotesMissing)
                : chain;
        }

        var notes = new AuditNotesCheck(context);
        foreach (var some in heads.ReadUpTo(end).Chunk(NotesAtOnce)) await notes.AddAsync(some, chain.Entries, cancellationToken);
        return notes.FirstMisfit is { } misfit ? new AuditVerification(misfit.Number - 1, misfit.Number, Words(misfit))
            : chain.FirstBadEntry is not null ? chain
            : notes.Newest > chain.Entries
                ? chain with { FirstBadEntry = chain.Entries + 1, Problem = $"Entries {chain.Entries + 1} to {notes.Newest} were cut off the end." }
                : chain;
    }

    private static async Task<AuditVerification> VerifyChainAsync(RelayDbContext context, CancellationToken cancellationToken)
    {
        var previous = AuditChain.Start;
        var good = 0L;
        await foreach (var row in context.Audit.AsNoTracking().OrderBy(row => row.Number).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (row.Number != good + 1)
                return new AuditVerification(good, good + 1, $"Entry {good + 1} is missing.");
            if (!AuditChain.Hash(previous, row).AsSpan().SequenceEqual(row.Hash))
                return new AuditVerification(good, row.Number, $"Entry {row.Number} is not as it was written, or one before it was removed.");
            previous = row.Hash;
            good = row.Number;
        }

        return new AuditVerification(good, null, null);
    }

    private static string Words(AuditNote misfit) => misfit.IsLoss
        ? $"What was noted outside the database (audit.heads) up to entry {misfit.Number} was taken away: entries may have been cut off."
        : $"Entry {misfit.Number} is not the one that was noted outside the database: "
            + "entries were cut off there and others written in their place, or the chain was written anew.";
}
