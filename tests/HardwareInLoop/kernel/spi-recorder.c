// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * A virtual SPI controller with one spidev at bus 0, chip select 0. It records what is sent, transfer by transfer, so
 * that a test can read back what the light ring would have been told:
 *   /sys/kernel/debug/spi-recorder/last     the bytes of the newest transfer
 *   /sys/kernel/debug/spi-recorder/count    how many transfers there were
 *   /sys/kernel/debug/spi-recorder/speed_hz the clock that the newest was sent with
 *   /sys/kernel/debug/spi-recorder/fail     write 1: transfers fail as those of a controller that has stopped
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>

#define MAX_TRANSFER 4096

static struct platform_device *platform;
static struct dentry *folder;
static DEFINE_MUTEX(recorded_lock);
static u8 recorded[MAX_TRANSFER];
static size_t recorded_length;
static u32 transfers;
static u32 speed_hz;
static bool fail;

static ssize_t last_read(struct file *file, char __user *to, size_t count, loff_t *position)
{
	ssize_t read;

	mutex_lock(&recorded_lock);
	read = simple_read_from_buffer(to, count, position, recorded, recorded_length);
	mutex_unlock(&recorded_lock);
	return read;
}

static const struct file_operations last_operations = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = last_read,
	.llseek = default_llseek,
};

static int record_transfer(struct spi_controller *controller, struct spi_device *device, struct spi_transfer *transfer)
{
	if (fail)
		return -EIO;

	mutex_lock(&recorded_lock);
	recorded_length = min_t(size_t, transfer->len, MAX_TRANSFER);
	if (transfer->tx_buf)
		memcpy(recorded, transfer->tx_buf, recorded_length);
	else
		memset(recorded, 0, recorded_length);
	speed_hz = transfer->speed_hz;
	transfers++;
	mutex_unlock(&recorded_lock);

	if (transfer->rx_buf)
		memset(transfer->rx_buf, 0, transfer->len);
	return 0;
}

static int recorder_probe(struct platform_device *pdev)
{
	/* spidev goes by names of chips that have no driver of their own; this is the oldest of them. */
	struct spi_board_info ring = { .modalias = "dh2228fv", .max_speed_hz = 20000000, .bus_num = 0, .chip_select = 0 };
	struct spi_controller *controller = devm_spi_alloc_master(&pdev->dev, 0);
	int problem;

	if (!controller)
		return -ENOMEM;
	controller->bus_num = 0;
	controller->num_chipselect = 1;
	controller->mode_bits = SPI_CPOL | SPI_CPHA;
	controller->bits_per_word_mask = SPI_BPW_MASK(8);
	controller->max_speed_hz = 20000000;
	controller->transfer_one = record_transfer;
	problem = devm_spi_register_controller(&pdev->dev, controller);
	if (problem)
		return problem;
	return spi_new_device(controller, &ring) ? 0 : -ENODEV;
}

static struct platform_driver recorder_driver = {
	.probe = recorder_probe,
	.driver = { .name = "spi-recorder" },
};

static int __init recorder_init(void)
{
	int problem = platform_driver_register(&recorder_driver);

	if (problem)
		return problem;
	platform = platform_device_register_simple("spi-recorder", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(platform)) {
		platform_driver_unregister(&recorder_driver);
		return PTR_ERR(platform);
	}

	folder = debugfs_create_dir("spi-recorder", NULL);
	debugfs_create_file("last", 0400, folder, NULL, &last_operations);
	debugfs_create_u32("count", 0400, folder, &transfers);
	debugfs_create_u32("speed_hz", 0400, folder, &speed_hz);
	debugfs_create_bool("fail", 0600, folder, &fail);
	return 0;
}

static void __exit recorder_exit(void)
{
	debugfs_remove_recursive(folder);
	platform_device_unregister(platform);
	platform_driver_unregister(&recorder_driver);
}

module_init(recorder_init);
module_exit(recorder_exit);
MODULE_DESCRIPTION("An SPI controller that records what is sent to its one device");
MODULE_LICENSE("Dual MIT/GPL");
