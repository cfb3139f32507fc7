namespace AV1Relay.RobotAgent.CommandLine;

/// <summary>A command can't do what it was asked for; the message says what to do, and the exit code is 1.</summary>
internal sealed class CommandException(string message) : Exception(message);
