namespace AV1Relay.RobotAgent.State;

/// <summary>The state folder or what is in it can't be used. The message says what to do; technicians read it.</summary>
internal sealed class StateException(string message) : Exception(message);
