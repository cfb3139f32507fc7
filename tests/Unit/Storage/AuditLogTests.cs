using AV1Relay.Domain.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public sealed class AuditLogTests
{
    private const string AllowTampering = "DROP TRIGGER Audit_is_never_changed; DROP TRIGGER Audit_is_never_deleted;";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_chain_holds_also_when_two_processes_write_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        await using var other = await storage.OpenAsync();
        var logs = new[] { storage.Get<IAuditLog>(), other.GetRequiredService<IAuditLog>() };

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => logs[number % 2].AppendAsync(Entry(number), Cancellation))));

        Assert.Equal(new AuditVerification(12, null, null), await logs[0].VerifyAsync(Cancellation));
    }

    [Theory]
    [InlineData("UPDATE Audit SET Detail = 'nothing' WHERE Number = 2", 2)]
    [InlineData("UPDATE Audit SET At = At + 1 WHERE Number = 3", 3)]
    [InlineData("UPDATE Audit SET Who = Who || What, What = '' WHERE Number = 1", 1)]
    [InlineData("DELETE FROM Audit WHERE Number = 2", 2)]
    [InlineData("DELETE FROM Audit WHERE Number = 1; UPDATE Audit SET Number = Number - 1", 1)]
    public async Task Tampering_is_found_where_it_happened(string tampering, long firstBad)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        var log = storage.Get<IAuditLog>();
        for (var number = 0; number < 4; number++)
            await log.AppendAsync(Entry(number), Cancellation);

        await storage.ExecuteAsync(AllowTampering + tampering);

        var verification = await log.VerifyAsync(Cancellation);
        Assert.Equal(firstBad, verification.FirstBadEntry);
        Assert.NotNull(verification.Problem);
    }

    [Theory]
    [InlineData("UPDATE Audit SET Detail = 'nothing'")]
    [InlineData("DELETE FROM Audit")]
    public async Task The_database_itself_refuses_to_change_entries(string tampering)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        await storage.Get<IAuditLog>().AppendAsync(Entry(1), Cancellation);

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => storage.ExecuteAsync(tampering));

        Assert.Contains("only grows", refusal.Message, StringComparison.Ordinal);
    }

    private static AuditEntry Entry(int number) =>
        new(Instant.FromUtc(2026, 11, 9, 9, number), "command line", "token.issued", $"session-{number}", "for a test");
}
