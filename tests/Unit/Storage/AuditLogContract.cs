using System.Data.Common;
using AV1Relay.Domain.Audit;
using AV1Relay.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class AuditLogContract(TestDatabase database)
{
    private string AllowTampering => database == TestDatabase.Sqlite
        ? "DROP TRIGGER Audit_is_never_changed; DROP TRIGGER Audit_is_never_deleted;"
        : "ALTER TABLE \"Audit\" DISABLE TRIGGER USER;";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_chain_holds_also_when_two_processes_write_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await using var other = await storage.OpenAsync();
        var logs = new[] { storage.Get<IAuditLog>(), other.GetRequiredService<IAuditLog>() };

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => logs[number % 2].AppendAsync(Entry(number), Cancellation))));

        Assert.Equal(new AuditVerification(12, null, null), await logs[0].VerifyAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_noted_after_a_half_written_note_counts()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await using var cut = await TemporaryRelayStorage.CreateAsync(database);
        foreach (var at in new[] { storage, cut })
            for (var number = 0; number < 2; number++) await at.Get<IAuditLog>().AppendAsync(Entry(number), Cancellation);
        await File.AppendAllTextAsync(storage.AuditHeadsFile, "3 0a1b", Cancellation);
        await storage.Get<IAuditLog>().AppendAsync(Entry(2), Cancellation);

        File.Copy(storage.AuditHeadsFile, cut.AuditHeadsFile, overwrite: true); // as if the third entry were cut off

        Assert.Equal(3, (await cut.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
    }

    [Theory]
    [InlineData("""UPDATE "Audit" SET "Detail" = 'nothing' WHERE "Number" = 2""", 2)]
    [InlineData("""UPDATE "Audit" SET "At" = "At" + 1 WHERE "Number" = 3""", 3)]
    [InlineData("""UPDATE "Audit" SET "Who" = "Who" || "What", "What" = '' WHERE "Number" = 1""", 1)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" = 2""", 2)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" = 1; UPDATE "Audit" SET "Number" = "Number" - 1""", 1)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" = 4""", 4)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" > 1""", 2)]
    [InlineData("""DELETE FROM "Audit" """, 1)]
    public async Task Tampering_is_found_where_it_happened(string tampering, long firstBad)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var log = storage.Get<IAuditLog>();
        for (var number = 0; number < 4; number++)
            await log.AppendAsync(Entry(number), Cancellation);

        await storage.ExecuteAsync(AllowTampering + tampering);

        var verification = await log.VerifyAsync(Cancellation);
        Assert.Equal(firstBad, verification.FirstBadEntry);
        Assert.NotNull(verification.Problem);
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_does_not_fit_to_what_was_noted_outside()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await using var forger = await TemporaryRelayStorage.CreateAsync(database);
        for (var number = 0; number < 3; number++)
        {
            await storage.Get<IAuditLog>().AppendAsync(Entry(number), Cancellation);
            await forger.Get<IAuditLog>().AppendAsync(Entry(number) with { Who = "somebody else" }, Cancellation);
        }

        File.Copy(storage.AuditHeadsFile, forger.AuditHeadsFile, overwrite: true);

        Assert.Equal(1, (await forger.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
    }

    [Theory]
    [InlineData(1)] // the chain is shorter than what was noted
    [InlineData(3)] // it has grown past it
    [InlineData(6)]
    public async Task Entries_that_were_cut_off_are_missed_also_after_others_were_written_in_their_place(int more)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var log = storage.Get<IAuditLog>();
        for (var number = 0; number < 4; number++) await log.AppendAsync(Entry(number), Cancellation);
        await storage.ExecuteAsync(AllowTampering + """DELETE FROM "Audit" WHERE "Number" > 2""");

        for (var number = 0; number < more; number++) await log.AppendAsync(Entry(10 + number), Cancellation);

        var verification = await log.VerifyAsync(Cancellation);
        Assert.Equal(3, verification.FirstBadEntry);
        Assert.Contains("cut off", verification.Problem, StringComparison.Ordinal);
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        var gap = Assert.Single(await context.Audit.Where(row => row.What == "audit.gap-found").ToListAsync(Cancellation));
        Assert.Equal((3, "entries 3 to 4 were noted outside the database and are not there"), (gap.Number, gap.Detail));
    }

    [Fact]
    public async Task What_was_noted_outside_is_missed_also_after_something_else_was_noted()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var log = storage.Get<IAuditLog>();
        for (var number = 0; number < 3; number++) await log.AppendAsync(Entry(number), Cancellation);
        File.Delete(storage.AuditHeadsFile);

        await log.AppendAsync(Entry(4), Cancellation);

        var verification = await log.VerifyAsync(Cancellation);
        Assert.Equal(3, verification.FirstBadEntry);
        Assert.Contains("audit.heads", verification.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_that_two_processes_swapped_hold_and_so_does_what_comes_after_them()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var log = storage.Get<IAuditLog>();
        for (var number = 0; number < 4; number++) await log.AppendAsync(Entry(number), Cancellation);
        var notes = await File.ReadAllLinesAsync(storage.AuditHeadsFile, Cancellation);
        await File.WriteAllLinesAsync(storage.AuditHeadsFile, [.. notes[..^2], notes[^1], notes[^2]], Cancellation);

        await log.AppendAsync(Entry(5), Cancellation);

        Assert.Equal(new AuditVerification(5, null, null), await log.VerifyAsync(Cancellation));
    }

    [Fact]
    public async Task Without_what_was_noted_outside_nobody_can_say_that_nothing_was_cut_off()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await storage.Get<IAuditLog>().AppendAsync(Entry(1), Cancellation);
        File.Delete(storage.AuditHeadsFile);

        Assert.Contains("audit.heads", (await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_whose_note_a_crash_prevented_holds_also_when_it_is_the_first()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await storage.Get<IAuditLog>().AppendAsync(Entry(1), Cancellation);
        var notes = await File.ReadAllLinesAsync(storage.AuditHeadsFile, Cancellation);
        await File.WriteAllLinesAsync(storage.AuditHeadsFile, notes.SkipLast(1), Cancellation);

        Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).Problem);
    }

    [Fact]
    public async Task A_note_that_a_crash_left_half_written_does_not_count()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await storage.Get<IAuditLog>().AppendAsync(Entry(1), Cancellation);
        await File.AppendAllTextAsync(storage.AuditHeadsFile, "2 0a1b", Cancellation);

        Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).Problem);
    }

    [Theory]
    [InlineData("""UPDATE "Audit" SET "Detail" = 'nothing'""")]
    [InlineData("""DELETE FROM "Audit" """)]
    public async Task The_database_itself_refuses_to_change_entries(string tampering)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await storage.Get<IAuditLog>().AppendAsync(Entry(1), Cancellation);

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => storage.ExecuteAsync(tampering));

        Assert.Contains("only grows", refusal.Message, StringComparison.Ordinal);
    }

    private static AuditEntry Entry(int number) =>
        new(Instant.FromUtc(2026, 11, 9, 9, number), "command line", "token.issued", $"session-{number}", "for a test");
}

public sealed class AuditLogOnSqliteTests() : AuditLogContract(TestDatabase.Sqlite);

public sealed class AuditLogOnPostgresTests() : AuditLogContract(TestDatabase.Postgres);
