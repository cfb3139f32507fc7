using System.Text;
using QRCoder;

namespace AV1Relay.StaffConsole.SignIn;

internal static class QrPicture
{
    /// <returns>A <c>data:</c> address of an SVG picture.</returns>
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(5)));
    }
}
