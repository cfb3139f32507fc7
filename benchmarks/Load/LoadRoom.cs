using System.Buffers.Binary;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sockets;

namespace AV1Relay.Benchmarks.Load;

/// <summary>What one room's publisher sends, and when: 30 frames a second as bursts of equal packets, 50 sound packets a second, a report a second.</summary>
internal sealed class LoadRoom(LoadPlan plan, Endpoint publisher)
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromSeconds(1) / LoadPlan.FramesPerSecond;
    private static readonly TimeSpan AudioInterval = TimeSpan.FromSeconds(1) / LoadPlan.AudioPacketsPerSecond;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] Mid = new byte[1];
    private static readonly byte[] Number = new byte[RtpExtensions.TransportSequenceNumberLength];

    private const byte KeyframeStart = 0x67; // a sequence parameter set: decoding can begin here
    private const byte OtherSlice = 0x41;

    private TimeSpan _frameAt = TimeSpan.MinValue;
    private TimeSpan _audioAt;
    private TimeSpan _reportAt;
    private ushort _number;
    private RtpCounter _video;
    private RtpCounter _audio;

    /// <summary>Packets sent so far.</summary>
    public long SentPackets { get; private set; }

    /// <summary>Where the numbers begin; set before the first packet.</summary>
    public void StartAt(ushort sequenceNumber, uint timestamp)
    {
        _video = new RtpCounter { SequenceNumber = sequenceNumber, Timestamp = timestamp };
        _audio = new RtpCounter { SequenceNumber = sequenceNumber, Timestamp = timestamp };
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>When the next packet is due.</returns>
    public TimeSpan SendDue(TimeSpan now, TimeProvider time, DatagramBatch batch)
    {
        if (_frameAt == TimeSpan.MinValue) (_frameAt, _audioAt, _reportAt) = (now, now + AudioInterval / 2, now + ReportInterval / 2);
        if (publisher.End.Remote is not { } remote) return now + AudioInterval;
        if (_frameAt <= now)
        {
            _frameAt += FrameInterval;
            SendFrame(time, batch, remote);
        }

        if (_audioAt <= now)
        {
            _audioAt += AudioInterval;
            Queue(batch, publisher.End.Audio, ref _audio, 'a', isKeyframe: false, marker: true, LoadPlan.AudioPayloadLength + RtpPacket.FixedHeaderLength, time.GetTimestamp(), remote);
            _audio.Timestamp += 960;
            publisher.Socket.Send(batch);
        }

        if (_reportAt <= now)
        {
            _reportAt += ReportInterval;
            SendReports(time, batch, remote);
        }

        return _frameAt < _audioAt ? _frameAt : _audioAt;
    }

    private void SendFrame(TimeProvider time, DatagramBatch batch, in TransportAddress remote)
    {
        var stream = publisher.End.Video;
        var isKeyframe = publisher.End.IsKeyframeWanted;
        publisher.End.IsKeyframeWanted = false;
        var stamp = time.GetTimestamp();
        for (var i = 0; i < plan.VideoPacketsPerFrame; i++)
            Queue(batch, stream, ref _video, 'v', isKeyframe && i == 0, marker: i == plan.VideoPacketsPerFrame - 1, plan.VideoPacketLength, stamp, remote);
        _video.Timestamp += 90_000 / LoadPlan.FramesPerSecond;
        publisher.Socket.Send(batch);
    }

    private void Queue(
        DatagramBatch batch, in LoadStream stream, ref RtpCounter counter, char mid, bool isKeyframe, bool marker, int length, long stamp,
        in TransportAddress remote)
    {
        var buffer = batch.NextBuffer;
        var writer = new RtpPacketWriter(buffer, new RtpHeader(stream.PayloadType, marker, counter.SequenceNumber, counter.Timestamp, stream.Ssrc));
        if (stream.MidExtension != 0)
        {
            Mid[0] = (byte)mid;
            writer.AddExtension(stream.MidExtension, Mid);
        }

        if (stream.NumbersExtension != 0)
        {
            RtpExtensions.WriteTransportSequenceNumber(Number, _number++);
            writer.AddExtension(stream.NumbersExtension, Number);
        }

        var payload = writer.BeginPayload();
        var payloadLength = Math.Max(LoadMeter.StampedLength, length - (buffer.Length - payload.Length));
        payload = payload[..payloadLength];
        payload[0] = isKeyframe ? KeyframeStart : OtherSlice;
        payload[1] = 0x42;
        BinaryPrimitives.WriteInt64LittleEndian(payload[LoadMeter.StampOffset..], stamp);
        counter.SequenceNumber++;
        counter.Packets++;
        counter.Octets += (uint)payloadLength;
        var protectedLength = publisher.End.ProtectRtp(buffer, writer.Finish(payloadLength));
        if (protectedLength < 0) return;
        SentPackets++;
        batch.Add(protectedLength, remote);
    }

    private void SendReports(TimeProvider time, DatagramBatch batch, in TransportAddress remote)
    {
        SendReport(publisher.End.Video.Ssrc, _video, time, batch, remote);
        SendReport(publisher.End.Audio.Ssrc, _audio, time, batch, remote);
        if (batch.Count > 0) publisher.Socket.Send(batch);
    }

    private void SendReport(uint ssrc, in RtpCounter counter, TimeProvider time, DatagramBatch batch, in TransportAddress remote)
    {
        var buffer = batch.NextBuffer;
        var info = new SenderInfo(NtpTime.From(time.GetUtcNow()), counter.Timestamp, counter.Packets, counter.Octets);
        var length = RtcpWriter.WriteSenderReport(buffer, ssrc, info);
        length += RtcpWriter.WriteSdesCname(buffer[length..], ssrc, "load"u8);
        length = publisher.End.ProtectRtcp(buffer, length);
        if (length > 0) batch.Add(length, remote);
    }

    private struct RtpCounter
    {
        public ushort SequenceNumber;
        public uint Timestamp;
        public uint Packets;
        public uint Octets;
    }
}
