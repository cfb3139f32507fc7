using System.Buffers.Binary;
using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

public sealed class DtlsInputFilterTests
{
    private readonly DtlsInputFilter _filter = new(DtlsRole.Server, DtlsLimits.Default);

    [Fact]
    public void A_message_that_declares_16_MB_is_refused()
        => Assert.False(Admits(Handshake(sequence: 0, length: 0xFFFFFF, offset: 0, fragment: 100)));

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData(16 * 1024 + 1, false)]
    public void A_message_may_be_16_kB_long(int length, bool isAdmitted)
        => Assert.Equal(isAdmitted, Admits(Handshake(0, length, 0, 10)));

    [Fact]
    public void Fragments_that_disagree_on_their_messages_length_are_refused()
    {
        Assert.True(Admits(Handshake(0, length: 200, offset: 0, fragment: 100)));
        Assert.False(Admits(Handshake(0, length: 201, offset: 100, fragment: 100)));
        Assert.True(Admits(Handshake(0, length: 200, offset: 100, fragment: 100)));
        Assert.True(Admits(Handshake(1, length: 201, offset: 0, fragment: 100)));
    }

    [Theory]
    [InlineData(100, 50, 51)] // beyond its message
    [InlineData(100, 0xFFFFFF, 1)]
    [InlineData(100, 0, 101)]
    public void A_fragment_outside_its_message_is_refused(int length, int offset, int fragment)
        => Assert.False(Admits(Handshake(0, length, offset, fragment)));

    [Fact]
    public void Declared_lengths_are_summed_up_over_all_messages()
    {
        for (ushort sequence = 0; sequence < 3; sequence++) Assert.True(Admits(Handshake(sequence, 16 * 1024, 0, 1)));
        Assert.False(Admits(Handshake(3, 1, 0, 1)));
        Assert.True(Admits(Handshake(2, 16 * 1024, 1, 1)));
    }

    [Fact]
    public void Bytes_and_records_are_counted()
    {
        var record = Handshake(0, 1_100, 0, 1_100);
        var admitted = 0;
        for (var i = 0; i < 10_000; i++) admitted += Admits(record) ? 1 : 0;
        Assert.InRange(admitted * record.Length, 120 * 1024, 128 * 1024);

        var small = new DtlsInputFilter(DtlsRole.Server, DtlsLimits.Default);
        admitted = 0;
        for (var i = 0; i < 10_000; i++) admitted += Admits(small, Handshake(0, 1, 0, 1)) ? 1 : 0;
        Assert.Equal(512, admitted);
    }

    [Fact]
    public void Only_a_few_records_of_the_next_epoch_are_kept_and_none_of_a_later_one()
    {
        Assert.False(Admits(Record(22, epoch: 2, new byte[40])));
        Assert.False(Admits(Record(22, epoch: 0xFFFF, new byte[40])));
        Assert.False(Admits(Record(22, epoch: 1, new byte[2_000])));
        var admitted = 0;
        for (var i = 0; i < 200; i++) admitted += Admits(Record(22, epoch: 1, new byte[40])) ? 1 : 0;
        Assert.Equal(16, admitted);
    }

    [Fact]
    public void A_protected_record_of_another_version_or_length_than_a_records_is_refused()
    {
        var record = Record(22, epoch: 1, new byte[40]);
        record[2] = 0xFF;
        Assert.False(Admits(record));
        Assert.False(AdmitsConnected(record));
        Assert.False(AdmitsConnected(Record(23, epoch: 1, new byte[23])));
        Assert.True(AdmitsConnected(Record(23, epoch: 1, new byte[24])));
        Assert.False(AdmitsConnected(Record(23, epoch: 1, new byte[16 * 1024 + 1])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Application_data_is_refused_until_connected(int epoch)
        => Assert.False(Admits(Record(23, (ushort)epoch, new byte[40])));

    [Fact]
    public void A_plaintext_alert_is_remembered_but_not_let_through()
    {
        Assert.False(Admits(Record(21, epoch: 0, [2, 40])));
        Assert.Equal((byte)40, _filter.AlertSeen);
    }

    [Fact]
    public void Once_connected_only_protected_records_pass()
    {
        foreach (byte type in new byte[] { 20, 21, 22, 23 }) Assert.False(AdmitsConnected(Record(type, epoch: 0, [2, 40])));
        Assert.True(AdmitsConnected(Record(21, epoch: 1, new byte[26])));
        Assert.True(AdmitsConnected(Record(23, epoch: 1, new byte[26])));
        Assert.False(AdmitsConnected(Record(23, epoch: 2, new byte[26])));
    }

    [Fact]
    public void Only_a_server_answers_a_repeated_Finished_and_not_for_ever()
    {
        var record = Read(Record(22, epoch: 1, new byte[48]));
        Assert.False(new DtlsInputFilter(DtlsRole.Client, DtlsLimits.Default).AdmitsOnceConnected(record));
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_filter.AdmitsOnceConnected(record));
            _filter.CountRepeatedFinished();
        }

        Assert.False(_filter.AdmitsOnceConnected(record));
    }

    [Fact]
    public void Every_truncation_and_random_bytes_are_survived()
    {
        byte[] sample = [.. Handshake(0, 30, 0, 30), .. Record(20, 0, [1]), .. Record(22, 1, new byte[40])];
        for (var length = 0; length <= sample.Length; length++) DrainAll(sample.AsSpan(0, length));
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = sample.ToArray();
            for (var changes = random.Next(1, 8); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            DrainAll(bytes);
        }

        static void DrainAll(ReadOnlySpan<byte> datagram)
        {
            var filter = new DtlsInputFilter(DtlsRole.Server, DtlsLimits.Default);
            var left = datagram.Length;
            while (DtlsRecord.TryTake(ref datagram, out var record))
            {
                filter.AdmitsDuringHandshake(record);
                filter.AdmitsOnceConnected(record);
                Assert.True(datagram.Length < left);
                left = datagram.Length;
            }

            Assert.True(datagram.IsEmpty);
        }
    }

    internal static byte[] Record(byte type, ushort epoch, byte[] body, ulong number = 0)
    {
        var record = new byte[13 + body.Length];
        record[0] = type;
        record[1] = 0xFE;
        record[2] = 0xFD;
        BinaryPrimitives.WriteUInt64BigEndian(record.AsSpan(3), (ulong)epoch << 48 | number);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11), (ushort)body.Length);
        body.CopyTo(record, 13);
        return record;
    }

    internal static byte[] Handshake(ushort sequence, int length, int offset, int fragment)
    {
        var body = new byte[12 + fragment];
        body[0] = 1;
        WriteUInt24(body.AsSpan(1), length);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(4), sequence);
        WriteUInt24(body.AsSpan(6), offset);
        WriteUInt24(body.AsSpan(9), fragment);
        return Record(22, 0, body);
    }

    internal static void WriteUInt24(Span<byte> destination, int value)
    {
        destination[0] = (byte)(value >> 16);
        destination[1] = (byte)(value >> 8);
        destination[2] = (byte)value;
    }

    private static DtlsRecord Read(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(DtlsRecord.TryTake(ref rest, out var record));
        return record;
    }

    private static bool Admits(DtlsInputFilter filter, byte[] record) => filter.AdmitsDuringHandshake(Read(record));

    private bool Admits(byte[] record) => Admits(_filter, record);

    private bool AdmitsConnected(byte[] record) => _filter.AdmitsOnceConnected(Read(record));
}
