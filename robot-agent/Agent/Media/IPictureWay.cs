namespace AV1Relay.RobotAgent.Media;

/// <summary>The way of encoded pictures to the relay. Any thread.</summary>
internal interface IPictureWay
{
    bool IsConnected { get; }

    /// <summary>What the encoder is to aim at, bits/s.</summary>
    int PictureBps { get; }

    /// <summary>Pictures wait to be sent: another one is better left out.</summary>
    bool IsBehind { get; }

    /// <summary>Queues an encoded frame, of picture or sound.</summary>
    /// <returns>False when it was dropped: nothing is connected, or the queue is full.</returns>
    bool Send(in OutgoingFrame frame);
}
