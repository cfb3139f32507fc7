using QRCoder;

namespace AV1Relay.RelayServer.Commands;

/// <summary>A QR code as text: two rows a line, dark on light whatever the terminal's colours, so that a tablet's camera reads it.</summary>
internal static class TerminalQr
{
    public static string Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var drawing = new AsciiQRCode(code);
        return drawing.GetGraphicSmall();
    }
}
