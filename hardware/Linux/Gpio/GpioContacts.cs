using System.Device.Gpio;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>Everything on the robot that a hand presses or flips.</summary>
public sealed class GpioContacts : IAsyncDisposable
{
    private readonly GpioInputs _inputs;

    /// <param name="lines">Where the contacts are.</param>
    /// <param name="chipLabels">Of the chip, in order of preference.</param>
    /// <param name="time">Paces the looking.</param>
    /// <exception cref="ArgumentException">Two contacts on one line; the message says which.</exception>
    public GpioContacts(GpioContactLines lines, IReadOnlyList<string> chipLabels, TimeProvider time)
        : this(lines, () => GpioChip.Find(GpioChip.List(), chipLabels).Open(), time)
    {
    }

    internal GpioContacts(GpioContactLines lines, Func<GpioController> open, TimeProvider time)
    {
        var taken = new[] { lines.PrivacySwitch, lines.Curtain, lines.Louder, lines.Softer }.OfType<int>().ToList();
        if (taken.Distinct().Count() != taken.Count) throw new ArgumentException($"Two contacts are on one GPIO line: {string.Join(", ", taken)}.");
        if (taken.Exists(line => line < 0)) throw new ArgumentException("A GPIO line's number is 0 or more.");

        List<GpioContact> contacts = [];
        GpioContact? Add(GpioContact? contact)
        {
            if (contact is not null) contacts.Add(contact);
            return contact;
        }

        var pole = Add(lines.PrivacySwitch is { } line ? GpioPrivacySwitch.CreateContact(line) : null);
        var curtain = Add(lines.Curtain is { } curtainLine ? GpioButton.CreateContact("curtain button", curtainLine, isNeeded: true) : null);
        PrivacySwitch = pole is not null || curtain is not null ? new GpioPrivacySwitch(pole, curtain) : new SimulatedPrivacySwitch(); // none was fitted: nobody flips this one
        Curtain = curtain is not null ? new GpioCurtainButton(curtain) : new SimulatedCurtainButton();
        var louder = Add(lines.Louder is { } louderLine ? GpioButton.CreateContact("button for louder", louderLine) : null);
        var softer = Add(lines.Softer is { } softerLine ? GpioButton.CreateContact("button for softer", softerLine) : null);
        Volume = louder is not null && softer is not null ? new GpioVolumeButtons(louder, softer) : new SimulatedVolumeButtons();
        _inputs = new(open, time, [.. contacts]);
    }

    /// <summary>Private until its contact and the curtain's button were read, and whenever one of them can't be.</summary>
    public IPrivacySwitch PrivacySwitch { get; }

    public ICurtainButton Curtain { get; }

    public IVolumeButtons Volume { get; }

    /// <summary>Which contacts can't be read, and why, in words; null while all are.</summary>
    public string? Fault => _inputs.Fault;

    public ValueTask DisposeAsync() => _inputs.DisposeAsync();
}

/// <summary>Lines of one chip; null where nothing is fitted. A robot without a signalling pole on its privacy switch never knows itself private.</summary>
public sealed record GpioContactLines(
    int? PrivacySwitch = ReferenceWiring.PrivacySwitchLine, int? Curtain = ReferenceWiring.CurtainLine, int? Louder = ReferenceWiring.LouderLine,
    int? Softer = ReferenceWiring.SofterLine);
