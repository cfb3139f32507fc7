using System.Globalization;

namespace AV1Relay.Codecs;

/// <summary>Calls into a driver, which may never answer.</summary>
internal static class DriverCall
{
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(10);

    /// <summary>Waits for a call at the start of the program, which has nothing else to do yet; one that hangs is left to itself.</summary>
    /// <exception cref="CodecException">It hangs.</exception>
    public static T OrHangs<T>(Func<T> call, TimeProvider time)
    {
        var calling = Task.Run(call);
        try
        {
            return calling.WaitAsync(HangsAfter, time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            _ = calling.ContinueWith(static late => late.Exception, TaskContinuationOptions.OnlyOnFaulted); // nobody waits for it any more
            throw new CodecException(string.Create(CultureInfo.InvariantCulture, $"it hangs: no answer in {HangsAfter.TotalSeconds:0} s."));
        }
    }
}
