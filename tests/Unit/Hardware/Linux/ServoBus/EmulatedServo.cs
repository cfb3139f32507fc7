using System.Buffers.Binary;
using AV1Relay.Hardware.Head;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

/// <summary>An STS3215 as its memory table describes it: registers that can be read and written, and a motor behind some of them.</summary>
internal sealed class EmulatedServo
{
    private const double HardestAcceleration = 25_400; // steps/s²
    private const int FastestSpeed = 3_400; // steps/s

    private readonly TimeProvider _time;
    private readonly byte[] _memory = new byte[90];
    private TrapezoidAxis _axis;
    private long _advancedTo;

    public EmulatedServo(byte id, TimeProvider time, int position = 2048)
    {
        _time = time;
        _advancedTo = time.GetTimestamp();
        _axis.MoveTo(position, 1e9);
        while (_axis.Position != position) _axis.Advance(1, 1e6, 1e9);
        (_memory[0], _memory[1], _memory[3], _memory[4], _memory[5]) = (3, 9, 9, 3, id);
        (_memory[13], _memory[62], _memory[63]) = (70, 74, 28);
        BinaryPrimitives.WriteUInt16LittleEndian(_memory.AsSpan(48), 1000);
        BinaryPrimitives.WriteUInt16LittleEndian(_memory.AsSpan(42), (ushort)position);
    }

    public byte Id => _memory[5];

    /// <summary>Nothing comes from it; what it is told it does all the same.</summary>
    public bool IsSilent { get; set; }

    /// <summary>It does not take another.</summary>
    public bool KeepsNumber { get; set; }

    /// <summary>Something holds its horn.</summary>
    public bool IsBlocked { get; set; }

    public byte Celsius { get => _memory[63]; set => _memory[63] = value; }

    /// <summary>The complaints of register 65, which go out with every answer.</summary>
    public byte Errors { get => _memory[65]; set => _memory[65] = value; }

    public bool HasTorque => _memory[40] != 0;

    public int Goal => BinaryPrimitives.ReadUInt16LittleEndian(_memory.AsSpan(42));

    /// <summary>0.1 % of its greatest a unit; all of it after power-on.</summary>
    public int TorqueLimit => BinaryPrimitives.ReadUInt16LittleEndian(_memory.AsSpan(48));

    public double Position
    {
        get
        {
            Advance();
            return _axis.Position;
        }
    }

    /// <summary>As after its plug was pulled and put in again.</summary>
    public void LosePower()
    {
        Advance();
        _memory[40] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(_memory.AsSpan(48), 1000);
    }

    public void SetRegister(int address, byte value) => _memory[address] = value;

    public byte[] Read(byte address, byte count)
    {
        Advance();
        Put(56, (int)Math.Round(_axis.Position), sign: 15);
        Put(58, (int)Math.Round(_axis.Speed), sign: 15);
        Put(60, HasTorque && IsBlocked ? -612 : 33, sign: 10);
        _memory[66] = _axis.Speed != 0 ? (byte)1 : (byte)0;
        Put(69, HasTorque && IsBlocked ? 200 : 4, sign: 15);
        return _memory.AsSpan(address, count).ToArray();
    }

    public void Write(byte address, ReadOnlySpan<byte> values)
    {
        Advance();
        if (KeepsNumber && address == 5) return;
        values.CopyTo(_memory.AsSpan(address));
        _axis.MoveTo(HasTorque ? Goal : _axis.Position, Acceleration);
    }

    private double Acceleration => _memory[41] == 0 ? HardestAcceleration : _memory[41] * 100;

    private void Advance()
    {
        var now = _time.GetTimestamp();
        var seconds = Math.Min(60, _time.GetElapsedTime(_advancedTo, now).TotalSeconds);
        _advancedTo = now;
        var speed = BinaryPrimitives.ReadUInt16LittleEndian(_memory.AsSpan(46)) is var limit and > 0 ? limit : FastestSpeed; // 0: no limit
        for (; seconds > 0 && (_axis.Position != _axis.Target || _axis.Speed != 0); seconds -= 0.001)
        {
            if (IsBlocked || !HasTorque) _axis.Block();
            else _axis.Advance(Math.Min(seconds, 0.001), speed, Acceleration);
            if (IsBlocked || !HasTorque) return;
        }
    }

    private void Put(int address, int value, int sign) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_memory.AsSpan(address), (ushort)(Math.Abs(value) | (value < 0 ? 1 << sign : 0)));
}
