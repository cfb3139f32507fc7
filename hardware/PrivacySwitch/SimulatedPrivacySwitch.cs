namespace AV1Relay.Hardware.PrivacySwitch;

/// <summary>The latching switch, flipped by a test or from the robot's page.</summary>
public sealed class SimulatedPrivacySwitch : IPrivacySwitch
{
    private volatile bool _isPrivate;

    public event Action? Changed;

    public bool IsPrivate => _isPrivate;

    public void Set(bool isPrivate)
    {
        if (_isPrivate == isPrivate)
        {
            return;
        }

        _isPrivate = isPrivate;
        Changed?.Invoke();
    }
}
